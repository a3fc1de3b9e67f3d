import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { mergerModule, scannerModule } from '../node/index/compiledModules';
import { builtInCatalogue, errorCodes } from '../node/referenceData';
import { RecordPool, workerRunner } from '../node/table/recordPool';
import { indexReader } from './readIndex';
import { TableServer } from './tableServer';
import { TableSession } from './tableSession';

/** Holds the table of an investigation and answers about it: see `protocol/tableProtocol.ts`. The other workers' bundles stand beside this one. */
const catalogue = builtInCatalogue();
const session = new TableSession({
  catalogue,
  errorCodes: errorCodes('en'),
  newPool: () => new RecordPool(() => workerRunner(join(__dirname, 'recordWorker.js'))),
  readIndex: indexReader({
    ...{ rules: catalogue.standing, module: scannerModule(), merger: mergerModule() },
    script: join(__dirname, 'scanWorker.js'),
  }),
});
const server = new TableServer(session, (value) => parentPort?.postMessage(value));
parentPort?.on('message', (value) => server.receive(value));

import { parentPort, workerData } from 'node:worker_threads';
import { type ScanSetup, buffersOf, scan } from '../node/index/scan';

/** Reads files into columns until there are no more: see `node/index/scanPool.ts`. */
void scan(workerData as ScanSetup).then((result) => parentPort?.postMessage(result, buffersOf(result)));

import '../common/base.css';
import { render } from 'preact';
import type { IntegrityToHost, IntegrityToWebview } from '../../src/protocol/integrityProtocol';
import { connect } from '../common/host';
import { Integrity } from './Integrity';
import { IntegrityModel } from './integrityModel';

const root = document.getElementById('root')!;
const host = connect<IntegrityToHost, IntegrityToWebview, never>((message) => model.receive(message));
const model = new IntegrityModel(host, () =>
  render(<Integrity state={model.state} post={(message) => model.post(message)} />, root),
);
model.begin();

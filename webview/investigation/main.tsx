import '../common/base.css';
import { render } from 'preact';
import type { InvestigationToHost, InvestigationToWebview } from '../../src/protocol/investigationProtocol';
import { connect } from '../common/host';
import { Investigation } from './Investigation';
import { InvestigationModel } from './investigationModel';
import type { KeptInvestigation } from './investigationState';

const root = document.getElementById('root')!;

/** Draws at once: a text box whose text lags behind loses what is typed meanwhile. */
function draw(): void {
  render(<Investigation model={model} state={model.state} />, root);
}

const host = connect<InvestigationToHost, InvestigationToWebview, KeptInvestigation>((message) =>
  model.receive(message),
);
const model = new InvestigationModel(host, draw);
model.begin();

import '../common/base.css';
import { render } from 'preact';
import type { HuntToHost, HuntToWebview } from '../../src/protocol/huntProtocol';
import { connect } from '../common/host';
import { Hunt } from './Hunt';
import { HuntModel, type KeptHunt } from './huntModel';

const root = document.getElementById('root')!;

/** Draws at once: a text box whose text lags behind loses what is typed meanwhile. */
function draw(): void {
  render(<Hunt model={model} state={model.state} />, root);
}

const host = connect<HuntToHost, HuntToWebview, KeptHunt>((message) => model.receive(message));
const model = new HuntModel(host, draw);
model.begin();

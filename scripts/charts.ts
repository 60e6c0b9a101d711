/** Draws the charts of the documents anew from the figures in docs/figures: `npm run charts`. */
import { fail } from '../demo/host/fail';
import { drawLongRun } from './charts/longRunChart';

async function main(): Promise<void> {
	console.log(await drawLongRun());
}

main().catch(fail);

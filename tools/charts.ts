/** Makes the charts and tables of the documents again from the figures in docs/figures: `npm run charts`. */
import { existsSync } from 'node:fs';
import { fail } from '../hosts/fail';
import { drawLongRun, figuresFile } from './charts/longRunChart';
import { drawCost } from './charts/costChart';
import { writeScaleOutTables } from './charts/scaleOutTables';

async function main(): Promise<void> {
	for (const kind of ['pace', 'burst'] as const) {
		if (existsSync(figuresFile(kind))) console.log(await drawLongRun(kind));
	}
	console.log(await drawCost());
	writeScaleOutTables();
}

main().catch(fail);

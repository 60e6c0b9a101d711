/**
 * Takes the pictures of the documents again, of the real product: `npm run pictures`, into docs/pictures.
 * `npm run pictures -- NAME …` takes some of them only; the names are the keys below.
 */
import { mkdirSync } from 'node:fs';
import { fail } from '../hosts/fail';
import { architecture } from './pictures/architecture';
import { checkout } from './pictures/checkout';
import { n8n } from './pictures/n8n';
import { nodeRed } from './pictures/nodeRed';
import { nodeRedRecipes } from './pictures/nodeRedRecipes';
import { recipes } from './pictures/recipes';
import { sandbox } from './pictures/sandbox';
import { PICTURES } from './pictures/save';

const GALLERIES: Record<string, () => Promise<void>> = {
	architecture,
	sandbox,
	n8n,
	'node-red': nodeRed,
	recipes,
	checkout,
	'node-red-recipes': nodeRedRecipes,
};

async function main(names: string[]): Promise<void> {
	const unknown = names.find((name) => !(name in GALLERIES));
	if (unknown !== undefined)
		throw new Error(`There are no pictures called ${unknown}: choose among ${Object.keys(GALLERIES).join(', ')}`);
	mkdirSync(PICTURES, { recursive: true });
	for (const [name, take] of Object.entries(GALLERIES)) if (names.length === 0 || names.includes(name)) await take();
}

main(process.argv.slice(2)).catch(fail);

/** A Vega-Lite specification to an SVG file. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TopLevelSpec } from 'vega-lite';

/** Readable on GitHub's light and dark pages alike. */
const LOOK = { background: 'white', padding: 12, font: 'Helvetica, Arial, sans-serif' };

export async function draw(specification: TopLevelSpec, file: string): Promise<void> {
	// Modules that await something while they load, so a require() cannot have them.
	const { compile } = await import('vega-lite');
	const { parse, View } = await import('vega');
	const { spec } = compile({ ...specification, ...LOOK, config: { font: LOOK.font } } as TopLevelSpec);
	const view = new View(parse(spec), { renderer: 'none' });
	const svg = await view.toSVG();
	view.finalize();
	mkdirSync(path.dirname(file), { recursive: true });
	writeFileSync(file, svg);
}

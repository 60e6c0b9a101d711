/** The engine under test is the one that was asked for: a mapping that went astray would test another one unnoticed. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './harness/installation';

const { devDependencies } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
	devDependencies: Record<string, string>;
};

/** Version of the package that a file belongs to. */
function readVersion(file: string, name: string): string {
	for (let folder = path.dirname(file); folder !== path.dirname(folder); folder = path.dirname(folder)) {
		try {
			const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
				name?: string;
				version: string;
			};
			if (manifest.name === name) return manifest.version;
		} catch {
			// No manifest here: look further up.
		}
	}
	throw new Error(`${file} belongs to no ${name}`);
}

test.each([
	['n8n-core', process.env.SAOKE_N8N_CORE],
	['n8n-workflow', process.env.SAOKE_N8N_WORKFLOW],
])('%s', (name, wanted) => {
	expect(readVersion(require.resolve(name), name)).toBe(wanted ?? devDependencies[name]);
});

/** A tag publishes only a release that is ready. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkRelease } from '../../tools/release';

const OWNED = {
	author: 'A',
	homepage: 'https://saoke.dev',
	bugs: { url: 'https://saoke.dev/bugs' },
	repository: { url: 'git+https://github.com/saoke/saoke.git' },
};

function tree(
	change: { manifest?: Record<string, unknown>; changelog?: string; folder?: string } = {},
): (file: string) => string {
	const files: Record<string, string> = {
		[`${change.folder ?? ''}package.json`]: JSON.stringify({ version: '1.2.3', ...OWNED, ...change.manifest }),
		'CHANGELOG.md': change.changelog ?? '# Changelog\n\n## n8n-nodes-casso 1.2.3\n\n## @saoke/node-red-saoke 1.2.3\n',
	};
	return (file) => {
		const text = files[file];
		if (text === undefined) throw new Error(`${file} was not to be read`);
		return text;
	};
}

test('a release that is ready gives the name of its tarball', () => {
	assert.equal(checkRelease('n8n-nodes-casso@1.2.3', tree()), 'n8n-nodes-casso-1.2.3.tgz');
	assert.equal(
		checkRelease('@saoke/node-red-saoke@1.2.3', tree({ folder: 'packages/node-red-saoke/' })),
		'saoke-node-red-saoke-1.2.3.tgz',
	);
});

const refused: [what: string, tag: string, change: Parameters<typeof tree>[0], reason: RegExp][] = [
	['a package that is not published', '@saoke/core@1.2.3', {}, /names none of the packages/],
	['a tag without a package', 'v1.2.3', {}, /names none of the packages/],
	['another version', 'n8n-nodes-casso@1.2.4', {}, /The tag has version 1\.2\.4.*has 1\.2\.3/],
	[
		'a placeholder of the owner',
		'n8n-nodes-casso@1.2.3',
		{ manifest: { homepage: 'https://example.com/saoke' } },
		/placeholders: homepage/,
	],
	[
		'a changelog that does not tell of it',
		'n8n-nodes-casso@1.2.3',
		{ changelog: '## Unreleased' },
		/no section "## n8n-nodes-casso 1\.2\.3"/,
	],
];
for (const [what, tag, change, reason] of refused) {
	test(`refused: ${what}`, () => {
		assert.throws(() => checkRelease(tag, tree(change)), reason);
	});
}

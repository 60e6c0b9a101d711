/** The recipes for Node-RED, imported as they are published where none of the nodes that they name is installed. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { packPackages } from '../../hosts/tarball';
import { prepareHosts, startTestHost } from './harness/nodeRedHost';
import { nodeRedRecipes, readNodeRedRecipe } from './harness/nodeRedRecipes';

before(async () => {
	packPackages();
	await prepareHosts(5);
});

test('recipes are imported where none of the nodes that they name is installed: their notes say which, and no key is in them', async () => {
	const host = await startTestHost(5);
	try {
		for (const file of nodeRedRecipes()) {
			const nodes = readNodeRedRecipe(file);
			const note = nodes.find(({ type }) => type === 'comment');
			const wanted = {
				GSheet: 'node-red-contrib-google-sheets',
				'e-mail': 'node-red-node-email',
				'telegram sender': 'node-red-contrib-telegrambot',
				postgresql: 'node-red-contrib-postgresql',
			};
			const named = Object.entries(wanted)
				.filter(([type]) => nodes.some((node) => node.type === type))
				.map(([, name]) => name);
			assert.ok(note, `${file} has no note`);
			for (const name of named)
				assert.ok(String(note.name).includes(name) && String(note.info).includes(name), `${file}: ${name}`);
			assert.equal(
				nodes.some((node) => 'credentials' in node),
				false,
			);
		}
		const offered = await (await host.api.call('GET', '/library/examples/flows/@saoke/node-red-saoke/recipes')).text();
		for (const file of nodeRedRecipes())
			assert.ok(offered.includes(file.replace('.json', '')), `${file} is not in the editor's Import menu`);
		const all = nodeRedRecipes().flatMap(readNodeRedRecipe);
		assert.equal(new Set(all.map(({ id }) => id)).size, all.length, 'ids are unique over all recipes');
		await host.api.deploy(all);
		const back = await host.api.flows();
		assert.deepEqual(back.map(({ id }) => id).sort(), all.map(({ id }) => id).sort());
		assert.equal(host.exitCode(), undefined);
	} finally {
		await host.dispose();
	}
});

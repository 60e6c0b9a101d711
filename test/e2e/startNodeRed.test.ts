/** `npm run start:node-red -- --once` as a user runs it: exit code, what it says, and nothing that can be reached from outside. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { ROOT } from '../../hosts/paths';
import { freePort } from '../../hosts/ports';

let state: string;

before(() => {
	state = mkdtempSync(path.join(tmpdir(), 'saoke-start-node-red-'));
	chmodSync(state, 0o755);
});

after(() => {
	rmSync(state, { recursive: true, force: true, maxRetries: 3 });
});

test('a transfer reaches the file, and the last lines say the login, and only this machine gets in', async () => {
	const ports = ['--port', String(await freePort()), '--sandbox-port', String(await freePort())];
	const ran = spawnSync(process.execPath, ['--import', 'tsx', 'demo/startNodeRed.ts', '--once', ...ports], {
		cwd: ROOT,
		env: { ...process.env, SAOKE_STATE_DIR: state },
		encoding: 'utf8',
		timeout: 600_000,
	});
	assert.equal(ran.status, 0, ran.stdout + ran.stderr);
	assert.match(ran.stdout, /A transfer went from the sandbox into .* and to the debug node in \d+ ms/);
	assert.match(ran.stdout, /Node-RED +http:\/\/127\.0\.0\.1:\d+ +login owner \/ Saoke-\S+ +\(this machine only\)/);
	const settings = readFileSync(path.join(state, 'node-red', 'settings.js'), 'utf8');
	assert.match(settings, /"uiHost": "127\.0\.0\.1"/);
	assert.doesNotMatch(settings, /credentialSecret|Saoke-/);
	for (const folder of [state, path.join(state, 'node-red')]) assert.equal(statSync(folder).mode & 0o777, 0o700);
});

/** `npm run start:node-red`: a sandbox, a real Node-RED 5 with the nodes and example flows, and a transfer going through. */
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import { runCommand } from '../hosts/command';
import { REFUSE_FOREIGN, STATE_DIR } from '../hosts/paths';
import { requireFreePort } from '../hosts/ports';
import { makePrivateFolder } from '../hosts/privateFolder';
import { Progress } from '../hosts/progress';
import type { Shutdown } from '../hosts/shutdown';
import { packPackages } from '../hosts/tarball';
import { deployExamples } from './nodeRed/exampleFlows';
import { installNodeRed, startNodeRed } from '../hosts/nodeRed';
import { HELP, readOptions, type NodeRedStartOptions } from './nodeRed/options';
import { nodeRedSecrets } from './nodeRed/secrets';
import { transferToFile } from './nodeRed/transfer';
import { localSecrets } from './start/login';

const USER_DIR = path.join(STATE_DIR, 'node-red');

async function start(options: NodeRedStartOptions, shutdown: Shutdown): Promise<void> {
	const progress = new Progress();
	await requireFreePort(options.port, 'Node-RED', '--port');
	await requireFreePort(options.sandboxPort, 'the sandbox', '--sandbox-port');
	if (options.fresh) rmSync(USER_DIR, { recursive: true, force: true });
	makePrivateFolder(STATE_DIR);
	refuseOldState();
	const sandbox = await startDemoSandbox(options.sandboxPort);
	shutdown.add(async () => {
		await sandbox.close();
	});
	progress.step(`The sandbox is ready on ${sandbox.url}`);
	await installNodeRed(5, progress);
	packPackages();
	progress.step('Built and packed the nodes');
	const { login } = nodeRedSecrets();
	const nodeRed = await startNodeRed({
		line: 5,
		port: options.port,
		userDir: USER_DIR,
		login,
		nodeArgs: ['--require', REFUSE_FOREIGN],
	});
	shutdown.add(async () => {
		await nodeRed.stop();
	});
	progress.step(`Node-RED is ready on ${nodeRed.url}`);
	const { webhookPath, file } = await deployExamples(nodeRed, sandbox, nodeRedSecrets());
	progress.step('The example flows are deployed');
	const { line, tookMs } = await transferToFile(nodeRed, sandbox, {
		webhookPath,
		file,
		securityKey: nodeRedSecrets().securityKey,
	});
	progress.step(
		`A transfer went from the sandbox into ${path.relative(process.cwd(), file)} and to the debug node in ${tookMs} ms`,
	);
	progress.say(`    ${line}`);
	progress.say(
		`  Node-RED  ${nodeRed.url}   login ${login.username} / ${login.password}   (this machine only)\n  sandbox   ${sandbox.url}   API ${sandbox.cassoUrl}\n  file      ${file}`,
	);
	if (options.once) return;
	progress.say('\nPress Ctrl-C to end.');
	await shutdown.requested;
}

/** @throws Error if the flows' keys were encrypted before Node-RED made a secret of its own, and cannot be read any more */
function refuseOldState(): void {
	const hasKeys = existsSync(path.join(USER_DIR, 'flows_cred.json'));
	if (!hasKeys || existsSync(path.join(USER_DIR, '.config.runtime.json'))) return;
	throw new Error('The flows of this demo were made by an earlier version: start once with --fresh.');
}

async function startDemoSandbox(port: number): Promise<Sandbox> {
	const { sandboxApiKey, seed } = localSecrets();
	const { simplizeApiKey, simplizeApiSecret } = nodeRedSecrets();
	// The file outlives the sandbox's data, so ids must not come again at the next start.
	const firstTransactionId = Math.floor(Date.now() / 1000);
	return await startSandbox({
		port,
		seed,
		apiKey: sandboxApiKey,
		firstTransactionId,
		simplize: { apiKey: simplizeApiKey, apiSecret: simplizeApiSecret },
	});
}

runCommand(() => readOptions(process.argv.slice(2), process.env), HELP, start);

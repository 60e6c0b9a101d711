/**
 * Every command that is in a block of a document is run: here, or by the test that is named beside it. A new command
 * needs a line in this file; a line here that no document has any more fails as well.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import { ROOT } from '../../hosts/paths';
import { HELP as SCALED_HELP } from '../../demo/scaled/options';
import { HELP as START_HELP } from '../../demo/start/options';
import { HELP as SANDBOX_HELP } from '../../packages/sandbox/src/cli/options';
import { getBlocks, documentsBelow, getInlineCode } from './harness/documents';
import { keepOwnValues, run, runUntil } from './harness/shell';

/** How a command of a document is shown to work. */
type Shown =
	/** Run here, to its end. */
	| { ends: RegExp }
	/** Run here until it says so, since it ends only with Ctrl-C. */
	| { waits: RegExp }
	/** Run by another file, in which the text stands. */
	| { by: string; as: string }
	/** Only possible once the packages are published; until then a file does the same with the tarball. */
	| { published: string; as: string };

const COMMANDS: Record<string, Shown> = {
	'npm install': { by: '.ci/run', as: 'npm install' },
	'npm start': { by: 'test/e2e/start.test.ts', as: "'demo/start.ts'" },
	'npm test': { by: '.ci/run', as: 'npm test' },
	'npm run start:node-red': { by: 'test/e2e/startNodeRed.test.ts', as: "'demo/startNodeRed.ts'" },
	'npm run start:scaled': { by: 'test/services/startScaled.test.ts', as: "'demo/startScaled.ts'" },
	'npm run start:scaled -- --once': { by: 'test/services/startScaled.test.ts', as: "'--once'" },
	'npm run sandbox': { waits: /Ctrl-C ends it/ },
	'npm run sandbox -- --data shop.db': { waits: /Data is kept in .*shop\.db/ },
	'npm run sandbox -- --transactions 20000 --seed 7 --clock-speed 60': { waits: /and 20000 transactions/ },
	'npm run sandbox -- --help': { ends: /Usage: saoke-sandbox/ },
	'npm run build': { by: 'package.json', as: '"test": "gulp build && jest"' },
	'npm run lint': { by: '.ci/run', as: ' lint' },
	'npm run package': { ends: /Everything holds\./ },
	'npm install --prefix ~/.n8n/nodes --legacy-peer-deps --ignore-scripts .saoke/tarballs/n8n-nodes-casso-*.tgz': {
		ends: /added 1 package/,
	},
	'npm install --prefix ~/.node-red --ignore-scripts .saoke/tarballs/saoke-node-red-saoke-*.tgz': {
		ends: /added 1 package/,
	},
	'npm install @saoke/node-red-saoke': { published: 'hosts/nodeRed.ts', as: 'getTarball(NODE_RED_PACKAGE)' },
	'npx jest test/unit/simplize test/engine/simplize test/nodeRed': { by: '.ci/run', as: 'npm test' },
	'npm run doctor -- --deliveries https://tunnel.example.com --port 4020': {
		by: 'test/contract/doctor/commandLine.test.ts',
		as: "'--deliveries', url, '--port', port",
	},
};

/** Blocks that are one script: run here as a whole. The first line names them. */
const SCRIPTS: Record<string, RegExp> = {
	"export CASSO_API_KEY='…'\nnpm run doctor": /# Casso, .*All right: nothing has to be set/,
	"export CASSO_API_KEY='…'             # printed at the start\ncurl": /"amount":250000[\s\S]*"deliveries"/,
	"export SIMPLIZE_BASE_URL='https://…'": /# Simplize, .*All right: nothing has to be set/,
	"CASSO_API_KEY='…' npx tsx examples/host/transactions.ts": /"transactedAt"/,
};

/** What a script says of its options; that of `npm start` where none stands here. */
const HELPS: Record<string, string> = {
	sandbox: SANDBOX_HELP,
	'start:scaled': SCALED_HELP,
	// The first comment is the help.
	doctor: readFileSync(path.join(ROOT, 'tools', 'doctor.ts'), 'utf8'),
	unknowns: readFileSync(path.join(ROOT, 'tools', 'unknowns.ts'), 'utf8'),
	'test:versions': readFileSync(path.join(ROOT, 'tools', 'testVersions.ts'), 'utf8'),
	'bench:cost': readFileSync(path.join(ROOT, 'bench', 'cost.ts'), 'utf8'),
	'bench:long-run': readFileSync(path.join(ROOT, 'bench', 'longRun.ts'), 'utf8'),
	'bench:scale-out': readFileSync(path.join(ROOT, 'bench', 'scaleOut.ts'), 'utf8'),
};

const DOCUMENTS = documentsBelow();
const BLOCKS = DOCUMENTS.flatMap(getBlocks);
const SHELL = BLOCKS.filter(({ language }) => language === 'sh');

let sandbox: Sandbox;
let folder: string;
let env: Record<string, string>;

before(async () => {
	folder = mkdtempSync(path.join(tmpdir(), 'saoke-documents-'));
	sandbox = await startSandbox({ transactions: 90 });
	env = {
		HOME: folder,
		CASSO_API_KEY: sandbox.apiKey,
		CASSO_BASE_URL: sandbox.cassoUrl,
		SIMPLIZE_BASE_URL: sandbox.simplizeUrl,
		SIMPLIZE_API_KEY: sandbox.simplize.apiKey,
		SIMPLIZE_API_SECRET: sandbox.simplize.apiSecret,
		npm_config_cache: process.env.npm_config_cache ?? path.join(process.env.HOME ?? folder, '.npm'),
		npm_config_update_notifier: 'false',
	};
});

after(async () => {
	await sandbox.close();
	rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

const getScript = (text: string): string | undefined => Object.keys(SCRIPTS).find((start) => text.startsWith(start));
const getCommands = (text: string): string[] =>
	text
		.split('\n')
		.map((line) => line.replace(/\s{2,}#.*$/, '').trim())
		.filter((line) => line !== '');

test('blocks with commands are marked as such', () => {
	const unmarked = BLOCKS.filter(
		({ language, text }) => language !== 'sh' && /^(\$ )?(npm|npx|curl|git|node|bash) /m.test(text),
	);
	assert.deepEqual(unmarked, []);
});

test('every command is listed with the way it is shown to work, and no other', () => {
	const found = new Set(
		SHELL.filter(({ text }) => getScript(text) === undefined).flatMap(({ text }) => getCommands(text)),
	);
	assert.deepEqual([...found].sort(), Object.keys(COMMANDS).sort());
	for (const start of Object.keys(SCRIPTS))
		assert.ok(
			SHELL.some(({ text }) => text.startsWith(start)),
			`no document has the script ${start}`,
		);
});

for (const [command, shown] of Object.entries(COMMANDS)) {
	test(command, async () => {
		if ('as' in shown) {
			const file = 'by' in shown ? shown.by : shown.published;
			assert.ok(readFileSync(path.join(ROOT, file), 'utf8').includes(shown.as), `${file} does not run it`);
			return;
		}
		const line = command.replace('shop.db', path.join(folder, 'shop.db'));
		if ('ends' in shown) {
			const { code, output } = await run(line, env);
			assert.equal(code, 0, output);
			assert.match(output, shown.ends);
			return;
		}
		const { output } = await runUntil(`${line}${line.includes(' -- ') ? '' : ' --'} --port 0`, shown.waits, env);
		assert.match(output, shown.waits);
	});
}

test('what npm put into the folder of n8n is the package, whole', () => {
	const place = path.join(folder, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-casso');
	const { n8n } = JSON.parse(readFileSync(path.join(place, 'package.json'), 'utf8')) as { n8n: { nodes: string[] } };
	for (const file of n8n.nodes) assert.ok(existsSync(path.join(place, file)), `${file} is missing`);
});

for (const { file, text } of SHELL.filter((block) => getScript(block.text) !== undefined)) {
	test(`${file}: ${text.split('\n')[0] ?? ''} …`, async () => {
		const { code, output } = await run(keepOwnValues(filledIn(text)), env);
		assert.equal(code, 0, output);
		assert.match(output, SCRIPTS[getScript(text) ?? ''] ?? /^$/);
	});
}

test('every npm script that a document names is there, with the options that it names', () => {
	const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
		scripts: Record<string, string>;
	};
	const named = DOCUMENTS.flatMap(({ tree }) => getInlineCode(tree)).flatMap((code) => [
		...code.matchAll(/npm (?:run )?(start|test|[a-z]+:[a-z-]+|(?<=run )[a-z-]+)(?: -- ([^&|]+))?/g),
	]);
	assert.ok(named.length > 20);
	for (const [code, name = '', options = ''] of named) {
		if (!code.startsWith('npm run') && !['start', 'test'].includes(name)) continue;
		assert.ok(name in scripts, `${code}: there is no script ${name}`);
		checkOptions(code, name, options.trim());
	}
});

function checkOptions(code: string, name: string, options: string): void {
	if (options === '') return;
	if (name === 'pictures')
		assert.match(readFileSync(path.join(ROOT, 'tools', 'pictures.ts'), 'utf8'), new RegExp(`\\b${options}\\b`), code);
	else if (name === 'bench')
		assert.ok(existsSync(path.join(ROOT, 'bench', `${options.replace(/^--only /, '')}.bench.ts`)), code);
	else
		for (const flag of options.match(/--[a-z0-9-]+/g) ?? [])
			assert.ok((HELPS[name] ?? START_HELP).includes(flag), `${code}: ${flag} is no option`);
}

test('the examples of TypeScript run', async () => {
	const blocks = BLOCKS.filter(({ language }) => language === 'ts');
	assert.ok(blocks.length >= 2);
	const place = path.join(ROOT, '.saoke', 'documents');
	mkdirSync(place, { recursive: true });
	for (const [at, { file, text }] of blocks.entries()) {
		const script = path.join(place, `example${at}.mts`);
		const imported = text.includes('import ') ? '' : "import { startSandbox } from '@saoke/sandbox';\n";
		writeFileSync(
			script,
			`${imported}const target = '${sandbox.url}/receiver';\n${text}\n${text.includes('close()') ? '' : 'await sandbox.close();\n'}`,
		);
		const { code, output } = await run(`npx tsx ${JSON.stringify(script)}`, env);
		assert.equal(code, 0, `${file}\n${output}`);
	}
	rmSync(place, { recursive: true });
});

/** What a reader puts in place of the usual port. */
function filledIn(text: string): string {
	return text.replaceAll('http://127.0.0.1:4010', sandbox.url);
}

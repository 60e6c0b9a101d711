/** The compose file of the scaled set-up says the same as the script, and opens nothing to other machines. No Docker needed. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { N8N_DIR } from '../../hosts/n8n';
import { ROOT } from '../../hosts/paths';
import { sharedSettings, WEBHOOK_SETTINGS, WORKER_CONCURRENCY } from '../../demo/scaled/cluster';

interface Service {
	image: string;
	command?: string | string[];
	environment?: Record<string, string>;
	ports?: string[];
	volumes?: string[];
	configs?: { source: string; target: string }[];
	healthcheck?: { test: string[] };
	depends_on?: Record<string, { condition: string }>;
	[key: string]: unknown;
}

interface Compose {
	services: Record<string, Service>;
	volumes: Record<string, unknown>;
	configs: Record<string, { content: string }>;
	[key: string]: unknown;
}

const FOLDER = path.join(ROOT, 'demo', 'scaled');
const text = readFileSync(path.join(FOLDER, 'compose.yaml'), 'utf8');
const { services, volumes, configs, ...rest } = parse(text, { merge: true }) as Compose;

/** What the Compose Specification calls them; only those used here. */
const TOP_LEVEL = /^(name|x-.+)$/;
const SERVICE_KEYS = new Set([
	'image',
	'restart',
	'volumes',
	'environment',
	'command',
	'healthcheck',
	'depends_on',
	'deploy',
	'ports',
	'configs',
	'stop_grace_period',
]);

function service(name: string): Service {
	const found = services[name];
	assert.ok(found, `there is no service ${name}`);
	return found;
}

test('every key is one of the Compose Specification', () => {
	for (const key of Object.keys(rest)) assert.match(key, TOP_LEVEL);
	for (const [name, value] of Object.entries(services)) {
		assert.deepEqual(
			Object.keys(value).filter((key) => !SERVICE_KEYS.has(key)),
			[],
			name,
		);
	}
});

test('what services mount and wait for is there, and what is waited for tells its state', () => {
	for (const value of Object.values(services)) {
		for (const volume of value.volumes ?? []) {
			const [source = ''] = volume.split(':');
			if (!source.startsWith('.')) assert.ok(source in volumes, volume);
		}
		for (const { source } of value.configs ?? []) assert.ok(source in configs, source);
		for (const [name, { condition }] of Object.entries(value.depends_on ?? {})) {
			if (condition === 'service_healthy') assert.ok(service(name).healthcheck, `${name} has no health check`);
		}
	}
});

test('images are pinned, and n8n is the version of the demo', () => {
	for (const [name, { image }] of Object.entries(services)) assert.match(image, /:\d+\.\d+[\w.-]*$/, name);
	const { dependencies } = JSON.parse(readFileSync(path.join(N8N_DIR, 'package.json'), 'utf8')) as {
		dependencies: Record<string, string>;
	};
	for (const name of ['n8n-main', 'n8n-webhook', 'n8n-worker'])
		assert.ok(service(name).image.endsWith(`/n8n:${dependencies.n8n ?? ''}`), name);
});

test('only the front is published, and only to this machine', () => {
	const published = Object.entries(services).filter(([, { ports }]) => ports !== undefined);
	assert.deepEqual(
		published.map(([name]) => name),
		['front'],
	);
	for (const port of service('front').ports ?? []) assert.match(port, /^127\.0\.0\.1:\d+:\d+$/);
});

test('every n8n has the settings that the script gives it', () => {
	const script = sharedSettings({
		folder: '',
		port: 0,
		workers: 2,
		database: 'saoke_scaled_n8n',
		prefix: 'saoke',
		encryptionKey: '',
		packages: [],
		postgres: { host: 'postgres', port: 5432, user: 'saoke', password: '' },
		redis: { host: 'redis', port: 6379, further: {} },
	});
	const secrets = new Set(['DB_POSTGRESDB_PASSWORD', 'N8N_ENCRYPTION_KEY']);
	for (const name of ['n8n-main', 'n8n-webhook', 'n8n-worker']) {
		const { environment = {} } = service(name);
		for (const [setting, value] of Object.entries(script)) {
			if (secrets.has(setting))
				assert.match(
					environment[setting] ?? '',
					/^\$\{[A-Z0-9_]+:\?/,
					`${name}: ${setting} is written down, or may be empty`,
				);
			else assert.equal(environment[setting], value, `${name}: ${setting}`);
		}
	}
	for (const [setting, value] of Object.entries(WEBHOOK_SETTINGS))
		assert.equal(service('n8n-webhook').environment?.[setting], value, setting);
	assert.equal(service('n8n-main').environment?.N8N_DISABLE_PRODUCTION_MAIN_PROCESS, 'true');
	assert.equal(service('n8n-worker').command, `worker --concurrency=${WORKER_CONCURRENCY}`);
});

test('the secrets that it asks for stand in the example to be filled in', () => {
	const asked = new Set([...text.matchAll(/\$\{([A-Z0-9_]+):\?/g)].map(([, name]) => name ?? ''));
	const example = readFileSync(path.join(FOLDER, 'example.env'), 'utf8');
	for (const name of asked) assert.match(example, new RegExp(`^${name}=$`, 'm'));
});

test("the nodes come from the packed tarball into n8n's folder for community packages", () => {
	assert.ok(service('casso-nodes').volumes?.includes('../../.saoke/tarballs:/tarballs:ro'));
	for (const name of ['n8n-main', 'n8n-webhook', 'n8n-worker'])
		assert.ok(service(name).volumes?.includes('nodes:/home/node/.n8n/nodes:ro'), name);
});

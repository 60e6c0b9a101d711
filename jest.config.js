/** Unit, contract and engine tests; real hosts and browsers are run by `npm run test:e2e`. */
const path = require('node:path');

/** A folder with the engine of another n8n; see tools/versions. */
const engine = process.env.SAOKE_N8N_ENGINE;

module.exports = {
	moduleNameMapper: engine
		? { '^(n8n-core|n8n-workflow|reflect-metadata)$': path.join(engine, 'node_modules', '$1') }
		: {},
	testEnvironment: 'node',
	roots: ['<rootDir>/test'],
	testMatch: ['<rootDir>/test/{unit,contract,engine,nodeRed/inProcess}/**/*.test.ts'],
	transform: {
		'^.+\\.ts$': [
			'@swc/jest',
			{
				jsc: { parser: { syntax: 'typescript', decorators: true }, target: 'es2022' },
				module: { type: 'commonjs' },
			},
		],
	},
	moduleFileExtensions: ['ts', 'js', 'json', 'node'],
	globalSetup: '<rootDir>/test/nodeRed/globalSetup.ts',
	testTimeout: 60_000,
	maxWorkers: 2,
	// fast-check and its generator are published as modules for `import` only.
	transformIgnorePatterns: ['/node_modules/(?!(fast-check|pure-rand)/)'],
};

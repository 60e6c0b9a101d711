/** Unit, contract and engine tests; real hosts and browsers are run by `npm run test:e2e`. */
module.exports = {
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

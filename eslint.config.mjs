/** Lint of our own sources. n8n's published scan runs beside it, unchanged, in tools/scan.ts. */
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
	{ ignores: ['**/dist/**', '**/node_modules/**', '.saoke/**', 'coverage/**', 'hosts/n8n/**'] },
	{ linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
	js.configs.recommended,
	{
		files: ['**/*.ts'],
		extends: [...tseslint.configs.strictTypeChecked],
		languageOptions: {
			parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
		},
		rules: {
			'max-lines': ['error', 300],
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/explicit-module-boundary-types': 'error',
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
			'@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
			'@typescript-eslint/no-extraneous-class': 'off',
			'@typescript-eslint/no-unnecessary-condition': 'off',
			'@typescript-eslint/no-misused-spread': 'off',
			'@typescript-eslint/no-unnecessary-type-assertion': 'off',
			'no-console': 'off',
		},
	},
	{
		files: [
			'packages/core/**/*.ts',
			'packages/n8n-kit/**/*.ts',
			'nodes/**/*.ts',
			'credentials/**/*.ts',
			'packages/n8n-nodes-simplize/**/*.ts',
		],
		rules: { 'no-console': 'error' },
	},
	{
		// The runner itself awaits what these return.
		files: ['test/{e2e,package,services}/**/*.ts'],
		rules: {
			'@typescript-eslint/no-floating-promises': [
				'error',
				{
					allowForKnownSafeCalls: [
						{ from: 'package', package: 'node:test', name: ['test', 'before', 'after', 'describe', 'it'] },
					],
				},
			],
		},
	},
	{
		files: ['**/*.js', '**/*.cjs'],
		ignores: ['packages/sandbox/page/**'],
		languageOptions: {
			sourceType: 'commonjs',
			globals: {
				module: 'writable',
				require: 'readonly',
				exports: 'writable',
				process: 'readonly',
				console: 'readonly',
				__dirname: 'readonly',
				Buffer: 'readonly',
			},
		},
	},
	{
		// Modules of the browser.
		files: ['packages/sandbox/page/**/*.js'],
		languageOptions: {
			sourceType: 'module',
			globals: Object.fromEntries(
				[
					'window',
					'document',
					'location',
					'navigator',
					'localStorage',
					'fetch',
					'EventSource',
					'Node',
					'URLSearchParams',
					'TextEncoder',
					'setTimeout',
					'clearTimeout',
					'setInterval',
					'SwaggerUIBundle',
					'URL',
				].map((name) => [name, 'readonly']),
			),
		},
	},
);

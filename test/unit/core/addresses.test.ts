/** What a key may be sent as, and to where (casso-api 1 and 2). */
import fc from 'fast-check';
import { CASSO_PUBLIC_BASE_URL, cassoAuthorization, checkBaseUrl, ParameterError } from '@saoke/core';
import { maskSecrets } from '../../../packages/core/src/text';
import { thrown } from './thrown';

const AUTH_KEY = ['AK_CS', 'a'.repeat(32), 'Z9'.repeat(36)].join('.');

describe('cassoAuthorization', () => {
	it.each([
		['an API key', { authentication: 'apiKey', apiKey: AUTH_KEY } as const, `Apikey ${AUTH_KEY}`],
		['an access token', { authentication: 'accessToken', accessToken: 'tok.en' } as const, 'Bearer tok.en'],
		[
			'only the chosen one',
			{ authentication: 'accessToken', apiKey: AUTH_KEY, accessToken: 'tok.en' } as const,
			'Bearer tok.en',
		],
		[
			'white space around a copied key',
			{ authentication: 'apiKey', apiKey: `\n ${AUTH_KEY}\t` } as const,
			`Apikey ${AUTH_KEY}`,
		],
		['a key of another shape', { authentication: 'apiKey', apiKey: 'x' } as const, 'Apikey x'],
	])('%s', (_case, secrets, header) => {
		expect(cassoAuthorization(secrets)).toBe(header);
	});

	it.each([
		['no key', { authentication: 'apiKey' } as const, 'apiKey'],
		['an empty key', { authentication: 'apiKey', apiKey: '  ' } as const, 'apiKey'],
		['a key in the other field', { authentication: 'accessToken', apiKey: AUTH_KEY } as const, 'accessToken'],
		['a second header', { authentication: 'apiKey', apiKey: 'key\r\nX-Evil: 1' } as const, 'apiKey'],
		['a blank inside', { authentication: 'apiKey', apiKey: 'two words' } as const, 'apiKey'],
		[
			'a letter that no header can hold',
			{ authentication: 'accessToken', accessToken: 'khóa' } as const,
			'accessToken',
		],
	])('%s is refused without repeating it', (_case, secrets, parameter) => {
		const attempt = (): string => cassoAuthorization(secrets);
		expect(attempt).toThrow(ParameterError);
		expect(thrown(attempt)).toMatchObject({ parameter });
		expect(thrown(attempt).message).not.toMatch(/AK_CS|Evil|words|khóa/);
	});

	it('a header never holds a line break, whatever the key', () => {
		fc.assert(
			fc.property(fc.string(), (apiKey) => {
				try {
					expect(cassoAuthorization({ authentication: 'apiKey', apiKey })).toMatch(/^Apikey [\x21-\x7e]+$/);
				} catch (error) {
					expect(error).toBeInstanceOf(ParameterError);
				}
			}),
		);
	});
});

describe('checkBaseUrl', () => {
	it.each([
		['https://oauth.casso.vn', 'https://oauth.casso.vn'],
		['https://oauth.casso.vn/', 'https://oauth.casso.vn'],
		[' https://oauth.casso.vn//\n', 'https://oauth.casso.vn'],
		['HTTPS://OAuth.Casso.vn', 'https://oauth.casso.vn'],
		['https://oauth.casso.vn/?', 'https://oauth.casso.vn'],
		['https://oauth.casso.vn#', 'https://oauth.casso.vn'],
		['http://127.0.0.1:4010/casso', 'http://127.0.0.1:4010/casso'],
		['http://127.9.9.9/', 'http://127.9.9.9'],
		['http://localhost:4010/casso/', 'http://localhost:4010/casso'],
		['http://[::1]:4010', 'http://[::1]:4010'],
		['https://proxy.example.com/a/b/', 'https://proxy.example.com/a/b'],
	])('%p becomes %s', (typed, expected) => {
		expect(checkBaseUrl(typed)).toBe(expected);
	});

	it.each([undefined, '', '  '])('%p means the public API, where there is one', (typed) => {
		expect(checkBaseUrl(typed, CASSO_PUBLIC_BASE_URL)).toBe('https://oauth.casso.vn');
		expect(() => checkBaseUrl(typed)).toThrow(ParameterError);
	});

	it.each([
		['oauth.casso.vn', /must begin with https:\/\/ .*, such as https:\/\/oauth\.casso\.vn$/],
		['localhost:4010/casso', /must begin with https:\/\/ \(http:\/\/ only for this machine\)/],
		['AK_CS.0123456789abcdef', /must begin with https:\/\//],
		['https://', /is not a valid address$/],
		['', /has no base URL$/],
	])('%p: the message says what to write, and never repeats it', (typed, message) => {
		expect(thrown(() => checkBaseUrl(typed)).message).toMatch(message);
		expect(thrown(() => checkBaseUrl(typed)).message).not.toContain('AK_CS');
	});

	it.each([
		'oauth.casso.vn',
		'http://oauth.casso.vn',
		'http://localhost.evil.example',
		'http://127.0.0.1.evil.example',
		'http://192.168.1.5',
		'http://0.0.0.0',
		'ftp://oauth.casso.vn',
		'file:///etc/passwd',
		'javascript:alert(1)',
		'https://key@oauth.casso.vn',
		'https://:key@oauth.casso.vn',
		'https://oauth.casso.vn/?a=1',
		'https://oauth.casso.vn/#a',
		'https://',
	])('%p is refused', (typed) => {
		expect(() => checkBaseUrl(typed)).toThrow(ParameterError);
		expect(thrown(() => checkBaseUrl(typed))).toMatchObject({ parameter: 'baseUrl' });
	});
});

describe('maskSecrets', () => {
	it.each([
		['an echoed key', `no such key ${AUTH_KEY}, sorry`, [AUTH_KEY], 'no such key ********, sorry'],
		['every occurrence', 'secret1 secret1', ['secret1'], '******** ********'],
		['a key typed with blanks', 'key=secret1', [' secret1\n'], 'key=********'],
		['the longer of two that overlap', 'secret123', ['secret1', 'secret123'], '********'],
		['nothing for a short one', 'a cat', ['a', ''], 'a cat'],
		['a key with characters of a pattern', 'x $&.*+?^ y', ['$&.*+?^'], 'x ******** y'],
	])('%s', (_case, text, secrets, expected) => {
		expect(maskSecrets(text, secrets)).toBe(expected);
	});
});

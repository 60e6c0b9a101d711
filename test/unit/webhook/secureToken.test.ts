/** Tokens of the legacy webhook: made, derived, compared. */
import { deriveSecureToken, hashSecureToken, makeSecureToken, matchesSecureToken } from '@saoke/core/webhook';

describe('a derived token', () => {
	it('is the same again for the same key and purpose, and 64 hexadecimal characters', () => {
		expect(deriveSecureToken('key', ['workflow', 'node'])).toBe(deriveSecureToken('key', ['workflow', 'node']));
		expect(deriveSecureToken('key', ['workflow', 'node'])).toMatch(/^[0-9a-f]{64}$/);
	});

	it.each<[string, string, string[]]>([
		['another key', 'kez', ['workflow', 'node']],
		['another workflow', 'key', ['other', 'node']],
		['another node', 'key', ['workflow', 'other']],
		['parts that only look the same when joined', 'key', ['workflown', 'ode']],
	])('differs for %s', (_name, key, purpose) => {
		expect(deriveSecureToken(key, purpose)).not.toBe(deriveSecureToken('key', ['workflow', 'node']));
	});
});

describe('a random token', () => {
	it('never comes again', () => {
		expect(makeSecureToken()).not.toBe(makeSecureToken());
	});
});

describe('comparing', () => {
	const hash = hashSecureToken('token');

	it.each([
		['token', hash, true],
		['Token', hash, false],
		['', hash, false],
		[undefined, hash, false],
		['token', '', false],
		['', hashSecureToken(''), false],
	])('%j with %s', (received, expected, fits) => {
		expect(matchesSecureToken(received, expected)).toBe(fits);
	});
});

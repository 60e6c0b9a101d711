/** What may are in a path or a registration: nothing that could change the call (casso-api 4.8). */
import fc from 'fast-check';
import { ParameterError, RecordError } from '@saoke/core';
import { checkId } from '../../../packages/core/src/casso/client';
import { checkWebhookUrl, maskWebhook, readWebhook, toWebhookBody } from '../../../packages/core/src/casso/webhooks';
import { thrown } from './thrown';

describe('checkId', () => {
	it.each([
		[0, '0'],
		['0', '0'],
		[16608, '16608'],
		[' 123 ', '123'],
		['900719925474099312', '900719925474099312'],
	])('%p is an id', (id, expected) => {
		expect(checkId(id, 'accountId')).toBe(expected);
	});

	it.each([
		undefined,
		null,
		'',
		' ',
		-1,
		1.5,
		NaN,
		Infinity,
		1e21,
		true,
		{},
		[5],
		'12a',
		'1/2',
		'..',
		'../5',
		'5?x=1',
		'5#',
		'%35',
		'1e3',
		'0x1f',
		'１２',
		'5\n6',
		'9'.repeat(19),
	])('%p is none', (id) => {
		expect(() => checkId(id, 'accountId')).toThrow(ParameterError);
		expect(thrown(() => checkId(id, 'accountId'))).toMatchObject({ parameter: 'accountId' });
	});

	it('only digits ever come out', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.double(), fc.integer(), fc.anything()), (id) => {
				try {
					expect(checkId(id, 'x')).toMatch(/^\d+$/);
				} catch (error) {
					expect(error).toBeInstanceOf(ParameterError);
				}
			}),
		);
	});
});

describe('a registration', () => {
	const TOKEN = 'token-0123456789';

	it('has all three documented fields', () => {
		expect(toWebhookBody({ url: ' https://example.com/hook ', secureToken: TOKEN, incomeOnly: false })).toEqual({
			webhook: 'https://example.com/hook',
			secure_token: TOKEN,
			income_only: false,
		});
	});

	it.each(['', 'two words', 'x\r\ny', 'mật-khẩu'])('the token %p is refused, and not repeated', (secureToken) => {
		const attempt = (): unknown => toWebhookBody({ url: 'https://example.com', secureToken, incomeOnly: true });
		expect(thrown(attempt)).toMatchObject({ parameter: 'secureToken' });
		if (secureToken !== '') expect(thrown(attempt).message).not.toContain(secureToken);
	});

	it.each([undefined, null, 5, {}, '', 'example.com/hook', 'ftp://example.com', 'javascript:alert(1)', 'https://'])(
		'the address %p is refused',
		(url) => {
			expect(thrown(() => checkWebhookUrl(url))).toMatchObject({ parameter: 'webhookUrl' });
		},
	);
});

describe('a webhook as Casso keeps it', () => {
	const WEBHOOK = { id: 114, channel: 'webhook', param1: 'https://example.com/hook', param2: '', send_only_income: 1 };

	it.each([
		['the documented object', WEBHOOK, { id: 114, url: 'https://example.com/hook', incomeOnly: true }],
		['a list of one', [WEBHOOK], { id: 114 }],
		['id 0', { ...WEBHOOK, id: 0 }, { id: 0 }],
		['not only money in', { ...WEBHOOK, send_only_income: 0 }, { incomeOnly: false }],
		['true instead of 1', { ...WEBHOOK, send_only_income: true }, { incomeOnly: true }],
		['text instead of 1', { ...WEBHOOK, send_only_income: '1' }, { incomeOnly: true }],
	])('%s', (_case, data, expected) => {
		expect(readWebhook(data)).toMatchObject(expected);
	});

	it('its token is masked, and wherever else the answer repeats it', () => {
		const record = { ...WEBHOOK, param2: 'token-0123456789', note: 'token token-0123456789 accepted' };
		const { raw } = readWebhook(record, 'token-0123456789');
		expect(raw).toEqual({ ...WEBHOOK, param2: '********', note: 'token ******** accepted' });
		expect(record.param2).toBe('token-0123456789');
	});

	it('its token is masked where nobody knows it, as when a webhook is read', () => {
		expect(readWebhook({ ...WEBHOOK, param2: 'token-of-somebody', secure_token: 'another' }).raw).toEqual({
			...WEBHOOK,
			param2: '********',
			secure_token: '********',
		});
	});

	it('an empty token stays empty, so that one sees that there is none', () => {
		expect(maskWebhook(WEBHOOK)).toEqual(WEBHOOK);
	});

	it.each([
		['null', null],
		['an empty list', []],
		['no id', { channel: 'webhook' }],
	])('%s is refused', (_case, data) => {
		expect(() => readWebhook(data)).toThrow(RecordError);
	});
});

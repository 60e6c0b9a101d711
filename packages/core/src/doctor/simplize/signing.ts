/** Probes of signing: where requests go, what is signed, how and with what, and how long a signature holds. */
import { DEFAULT_PROFILE } from '../../simplize/signing/profile';
import { ADAPTS, asAssumed, cannotTell, defineProbes, type Finding, otherwise } from '../report';
import { describeAnswer, type SimplizeFacts, TRY_WAYS_TO_SIGN } from './facts';

export const SIGNING_PROBES = defineProbes<SimplizeFacts>([
	{
		id: 'baseUrl',
		question: 'base URL, test server',
		assumed: 'none: you enter it',
		ifWrong: 'ask your contact at Simplize',
		option: 'Base URL',
		how: 'ask your contact at Simplize',
		needs: 'person',
	},
	{
		id: 'signaturePayload',
		question: 'which text is signed',
		assumed: 'query, directly followed by the body',
		ifWrong: 'requests with a body are refused until it is set',
		option: 'Signature Payload',
		how: 'one record by POST, which tells; other ways only with `--detect`',
		judge: async (facts) => {
			const { payload, refusal } = await facts.signing();
			if (payload) return judgeSigned(facts, 'payload', payload, 'Signature Payload');
			if (refusal === undefined) return cannotTell('no portfolio is known: give SIMPLIZE_USER and SIMPLIZE_PORTFOLIO');
			const next = facts.extras.detect ? 'ask your contact at Simplize which text is signed' : TRY_WAYS_TO_SIGN;
			const consequence = `If user and portfolio are right, ${next}.`;
			return otherwise(`requests with a body are refused (${refusal})`, { consequence, option: '', todo: 'set' });
		},
	},
	{
		id: 'signatureEncoding',
		question: 'hex or Base64',
		assumed: 'lower-case hex',
		ifWrong: 'every request is refused until it is set',
		option: 'Signature Encoding',
		how: 'the users; other ways only with `--detect`',
		judge: async (facts) => judgeSigned(facts, 'encoding', (await facts.signing()).encoding, 'Signature Encoding'),
	},
	{
		id: 'secret',
		question: 'which secret signs',
		assumed: 'one of its own, beside the key',
		ifWrong: 'enter the other one',
		option: 'API Secret',
		how: 'ask your contact at Simplize',
		needs: 'person',
	},
	{
		id: 'escaping',
		question: 'whether IDs are signed escaped',
		assumed: 'by RFC 3986, before signing; a warning is shown',
		ifWrong: 'use user IDs without special characters',
		option: 'User',
		how: 'a portfolio of a user whose ID has special characters',
		judge: async (facts) => {
			await facts.signing();
			const [portfolio] = await facts.knownPortfolios(true);
			if (!portfolio) return cannotTell('no user ID has special characters');
			const answer = await facts.detail(portfolio);
			return answer.isSuccess ? asAssumed('such a user is accepted') : otherwise(`refused (${describeAnswer(answer)})`);
		},
	},
	{
		id: 'recvWindow',
		question: 'how far the clock may be off',
		assumed: '5 seconds back, 1 ahead',
		ifWrong: 'set the clock of this machine; meanwhile set it to 60000',
		option: 'Receive Window (Milliseconds)',
		how: 'if requests are refused, one with a window of a minute',
		judge: async (facts) =>
			(await facts.signing()).needsWindow
				? otherwise('requests are accepted with a window of a minute only')
				: asAssumed('requests are accepted within 5 seconds'),
	},
	{
		id: 'replays',
		question: 'whether the same signed request may come twice',
		assumed: 'it may not be relied on: each attempt is signed again',
		ifWrong: ADAPTS,
		how: 'not asked: the answer changes nothing',
		needs: 'person',
	},
]);

function judgeSigned(facts: SimplizeFacts, part: 'payload' | 'encoding', accepted: string, option: string): Finding {
	const isConfigured = (facts.extras.profile ?? DEFAULT_PROFILE)[part] === accepted;
	const evidence = `${accepted} is accepted`;
	if (!isConfigured) return otherwise(evidence, { option: `${option}: ${accepted}` });
	if (accepted === DEFAULT_PROFILE[part]) return asAssumed(accepted);
	return otherwise(evidence, { option: '', consequence: 'It is set already.' });
}

/** Checks of Casso beyond the unknowns: the connection, the accounts, the webhook, and whether transactions are missing. */
import { asObject } from '../../json';
import { allRight, attention, type Check, defineChecks } from '../report';
import { type CassoFacts, describeAnswer } from './facts';

/** First of all: without it nothing else can be asked. */
export const CONTACT: Check<CassoFacts> = {
	id: 'baseUrl',
	question: 'Base URL: does Casso answer there?',
	judge: async (facts) => {
		const answer = await facts.get('/userInfo');
		if (answer.isEnvelope) return allRight('Casso answers');
		return attention(describeAnswer(answer), 'Check the base URL: no version at its end, and no other page behind it.');
	},
};

export const CHECKS = defineChecks<CassoFacts>([
	{
		id: 'key',
		question: 'Key: is it accepted?',
		judge: async (facts) => {
			const answer = await facts.get('/userInfo');
			if (answer.isSuccess && asObject(answer.data)) return allRight('accepted');
			const isRefused = [401, 403].includes(answer.status) || [401, 403].includes(answer.error ?? 0);
			return isRefused
				? attention(describeAnswer(answer), 'Make a new API key in Casso under Settings, API Keys, and enter it.')
				: attention(describeAnswer(answer), 'The key could not be tried: try again later.');
		},
	},
]);

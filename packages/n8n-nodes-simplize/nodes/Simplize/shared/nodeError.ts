/** Display names of Simplize's parameters, for error messages: those that their names do not tell. */
import { nodeErrorsFor } from '@saoke/n8n-kit';

const DISPLAY_NAMES = {
	apiKey: 'API Key',
	apiSecret: 'API Secret',
	baseUrl: 'Base URL',
	externalUserId: 'User',
	fromDate: 'From',
	portfolioId: 'Portfolio',
	query: 'Query Parameters',
	recvWindow: 'Receive Window (Milliseconds)',
	summary: 'Summary Only',
	toDate: 'To',
	typesForm: 'Send Transaction Types As',
	url: 'URL',
};

/** Converts anything thrown to an n8n error; the third argument is the index of the input item, if there is one. */
export const toNodeError = nodeErrorsFor(DISPLAY_NAMES);

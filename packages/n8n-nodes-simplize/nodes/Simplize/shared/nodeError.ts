/** Display names of Simplize's parameters, for error messages. */
import { nodeErrorsFor } from '@saoke/n8n-kit';

const DISPLAY_NAMES = {
	apiKey: 'API Key',
	apiSecret: 'API Secret',
	backlogDays: 'Days to Start With',
	baseUrl: 'Base URL',
	batchId: 'Batch ID',
	body: 'Body',
	externalUserId: 'User',
	fields: 'Fields',
	fromDate: 'From',
	limit: 'Limit',
	operation: 'Operation',
	output: 'Output',
	overlapDays: 'Days to Look Back',
	page: 'Page',
	pageSize: 'Page Size',
	period: 'Period',
	portfolioId: 'Portfolio',
	portfolios: 'Portfolios',
	query: 'Query Parameters',
	resource: 'Resource',
	returnAll: 'Return All',
	recvWindow: 'Receive Window (Milliseconds)',
	signatureEncoding: 'Signature Encoding',
	signaturePayload: 'Signature Payload',
	summary: 'Summary Only',
	ticker: 'Ticker',
	toDate: 'To',
	triggerOn: 'Trigger On',
	transactionTypes: 'Transaction Types',
	typesForm: 'Send Transaction Types As',
	url: 'URL',
};

/** Converts anything thrown to an n8n error; the third argument is the index of the input item, if there is one. */
export const toNodeError = nodeErrorsFor(DISPLAY_NAMES);

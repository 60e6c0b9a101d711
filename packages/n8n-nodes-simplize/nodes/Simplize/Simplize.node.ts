/** Node "Simplize": cash histories, stock transactions, portfolios and users of a Simplize partner. */
import { makeExecute } from '@saoke/n8n-kit';
import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import * as cashHistory from './resources/cashHistory';
import * as connection from './resources/connection';
import * as portfolio from './resources/portfolio';
import * as signing from './resources/signing';
import * as stockTransaction from './resources/stockTransaction';
import * as user from './resources/user';
import { connectWith, CREDENTIAL } from './shared/connection';
import { searchPortfolios, searchUsers } from './shared/locators';
import { toNodeError } from './shared/nodeError';

export class Simplize implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Simplize',
		name: 'simplize',
		icon: { light: 'file:../../icons/simplize.svg', dark: 'file:../../icons/simplize.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Read cash histories, stock transactions and portfolios of your clients at Simplize',
		defaults: { name: 'Simplize' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'simplizePartnerApi', required: true }],
		hints: [
			{
				message:
					'Other signed endpoints can be called with the HTTP Request node: choose Predefined Credential Type, then Simplize Partner API.',
				displayCondition: '={{ $parameter["resource"] === "signing" }}',
				whenToDisplay: 'beforeExecution',
				location: 'ndv',
			},
		],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				default: 'cashHistory',
				options: [
					{ name: 'Cash History', value: 'cashHistory' },
					{ name: 'Connection', value: 'connection', displayOptions: { hide: { '@tool': [true] } } },
					{ name: 'Portfolio', value: 'portfolio' },
					{ name: 'Signing', value: 'signing', displayOptions: { hide: { '@tool': [true] } } },
					{ name: 'Stock Transaction', value: 'stockTransaction' },
					{ name: 'User', value: 'user' },
				],
			},
			...cashHistory.description,
			...connection.description,
			...portfolio.description,
			...signing.description,
			...stockTransaction.description,
			...user.description,
		],
	};

	methods = { listSearch: { searchPortfolios, searchUsers } };

	execute = makeExecute({
		resources: {
			cashHistory: cashHistory.operations,
			connection: connection.operations,
			portfolio: portfolio.operations,
			signing: signing.operations,
			stockTransaction: stockTransaction.operations,
			user: user.operations,
		},
		// A check is many requests. Signing: Detect sends invalid signatures on purpose, which may lock a key.
		hiddenFromTools: ['connection', 'signing'],
		credential: CREDENTIAL,
		connect: connectWith,
		toNodeError,
	});
}

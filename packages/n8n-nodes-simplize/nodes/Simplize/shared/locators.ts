/** Users and portfolios: picked from a list with search, or given by ID. */
import { ParameterError, removeDiacritics } from '@saoke/core/common';
import {
	checkExternalUserId,
	getUserPage,
	listPortfolios,
	readUsers,
	type ListedPortfolio,
	type NormalisedUser,
} from '@saoke/core/simplize';
import { readLocated } from '@saoke/n8n-kit';
import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult, INodeProperties } from 'n8n-workflow';
import { connect } from './connection';
import { toNodeError } from './nodeError';

/** A user is waiting for the list, so fail early. */
const LONGEST_WAIT_MS = 5_000;

const USERS_IN_A_PAGE = 100;

interface LocatorTexts {
	displayName: string;
	name: string;
	listPlaceholder: string;
	searchListMethod: string;
	idPlaceholder: string;
	idHint: string;
	description: string;
}

function locator(texts: LocatorTexts): INodeProperties {
	return {
		displayName: texts.displayName,
		name: texts.name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description: texts.description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: texts.listPlaceholder,
				typeOptions: { searchListMethod: texts.searchListMethod, searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: texts.idPlaceholder,
				hint: texts.idHint,
			},
		],
	};
}

export const userLocator: INodeProperties = locator({
	displayName: 'User',
	name: 'externalUserId',
	listPlaceholder: 'Choose a user…',
	searchListMethod: 'searchUsers',
	idPlaceholder: 'e.g. USER015',
	idHint: 'Your own ID of the user, as it was linked with Simplize',
	description: 'The user whose portfolio it is: one from the list, or your own ID of the user',
});

export const portfolioLocator: INodeProperties = locator({
	displayName: 'Portfolio',
	name: 'portfolioId',
	listPlaceholder: 'Choose a portfolio…',
	searchListMethod: 'searchPortfolios',
	idPlaceholder: 'e.g. 862',
	idHint: "Simplize's number of the portfolio",
	description:
		"The portfolio of this user: one from the list, or Simplize's number. The list has portfolios that were synced in bulk; Simplize offers no list of all.",
});

/** Without a filter one page at a time, since a partner may have thousands of users. */
export async function searchUsers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	try {
		const connection = await connect(this, LONGEST_WAIT_MS);
		if (filter?.trim()) return { results: matching((await readUsers(connection)).flatMap(toUserItem), filter) };
		const page = Number(paginationToken ?? 0);
		const { rows, total } = await getUserPage(connection, page, USERS_IN_A_PAGE);
		const isLast = rows.length === 0 || (page + 1) * USERS_IN_A_PAGE >= (total ?? 0);
		return { results: rows.flatMap(toUserItem), paginationToken: isLast ? undefined : String(page + 1) };
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}

function toUserItem({ user }: NormalisedUser): INodeListSearchItems[] {
	const { externalUserId, status } = user;
	if (externalUserId === '') return [];
	const name = status === '' || status === 'ACTIVE' ? externalUserId : `${externalUserId} – ${status}`;
	return [{ name, value: externalUserId }];
}

export async function searchPortfolios(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	try {
		const externalUserId = getChosenUser(this);
		const connection = await connect(this, LONGEST_WAIT_MS);
		const portfolios = await listPortfolios(connection, externalUserId);
		return { results: matching(portfolios.map(toPortfolioItem), filter ?? '') };
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}

function toPortfolioItem({ id, name }: ListedPortfolio): INodeListSearchItems {
	return { name: name === '' ? `Portfolio ${id}` : `${name} – ${id}`, value: String(id) };
}

/** @throws ParameterError if none is chosen */
function getChosenUser(context: ILoadOptionsFunctions): string {
	// With `&`, the field beside this one: the trigger has several users.
	const chosen =
		context.getCurrentNodeParameter('&externalUserId') ?? context.getCurrentNodeParameter('externalUserId');
	const user = readLocated(chosen);
	if (user === undefined || user === null || user === '') {
		throw new ParameterError('externalUserId', 'No user is chosen', 'Choose the user first, then the portfolio.');
	}
	return checkExternalUserId(user);
}

function matching(items: INodeListSearchItems[], filter: string): INodeListSearchItems[] {
	const wanted = toSearchText(filter.trim());
	return items.filter(({ name }) => toSearchText(name).includes(wanted));
}

function toSearchText(text: string): string {
	return removeDiacritics(text).toLowerCase();
}

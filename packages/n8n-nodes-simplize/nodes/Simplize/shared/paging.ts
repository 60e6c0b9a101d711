/** One page, or as many as Return All and Limit need. */
import { readNumberOption } from '@saoke/core/common';
import type { ReadListOptions } from '@saoke/core/simplize';
import { readCollection, readLimit } from '@saoke/n8n-kit';
import type { IExecuteFunctions } from 'n8n-workflow';

/** Size of a single page where the user gives none; what the option shows as its default. */
const SINGLE_PAGE_SIZE = 100;

export interface ListReader<T> {
	one: (page: number, size: number) => Promise<{ rows: T[] }>;
	many: (options: ReadListOptions) => Promise<T[]>;
}

/** @throws ParameterError for an unusable page, size or limit, and what the reader throws */
export async function readList<T>(context: IExecuteFunctions, itemIndex: number, reader: ListReader<T>): Promise<T[]> {
	const options = readCollection(context, 'options', itemIndex);
	const page = readNumberOption('pageFromZero', options.page, 'page');
	const pageSize = readNumberOption('pageSize', options.pageSize);
	if (page === undefined) return await reader.many({ limit: readLimit(context, itemIndex), pageSize });
	return (await reader.one(page, pageSize ?? SINGLE_PAGE_SIZE)).rows;
}

/** 6.1: linked users, newest link first. */
import type { SimplizeUser } from '@saoke/core';
import { isoUtc } from '../dates';
import type { Endpoint } from './call';
import { contract } from './contract';
import { pageOf, queryPage } from './paging';

export const users: Endpoint = {
	operation: contract.users,
	isUserScoped: false,
	answer: (call) => {
		const rows = [...call.partner.book.users]
			.sort((a, b) => b.linkId - a.linkId)
			.map(
				(user): SimplizeUser => ({
					id: user.linkId,
					userId: user.userId,
					externalUserId: user.externalUserId,
					status: user.status,
					createdDate: isoUtc(user.createdAt),
				}),
			);
		return pageOf(call, rows, queryPage(call));
	},
};

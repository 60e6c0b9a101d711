/** The partner's linked users: plain ids as the samples show, and ids that a careless client gets wrong. */
import type { LinkedUser, Portfolio } from '../model';

const DAY_MS = 86_400_000;

/** Partner's id, and the portfolios that belong to it. Newest link first. */
const USERS: ReadonlyArray<
	readonly [externalUserId: string, portfolios: ReadonlyArray<readonly [id: number, name: string]>]
> = [
	[
		'USER015',
		[
			[862, 'Danh mục Đối tác [VPS]'],
			[863, 'Danh mục dài hạn'],
		],
	],
	['USER010222', [[870, 'Danh mục Đối tác [SSI]']]],
	['USERFULLFLOW', [[937, 'Danh mục chính']]],
	['12', [[843, 'Danh mục 12']]],
	['1', [[842, 'Danh mục 1']]],
	// Ids that need escaping in a query.
	['khách hàng 7', [[901, 'Danh mục có dấu']]],
	["o'neil+vn/1&2=3%20", [[902, 'Danh mục ký tự lạ']]],
	['nhà-đầu-tư-🐉', [[903, 'Danh mục rồng']]],
	// What a workflow sends whose expression was never resolved; the vendor's own sample holds it.
	['{{externalUserId}}', [[904, 'Danh mục mẫu']]],
];

const FIRST_LINK_ID = 26;
const FIRST_USER_ID = 1425;

/** @param now Unix ms; links are made in the months before */
export function makeUsers(now: number): LinkedUser[] {
	return USERS.map(([externalUserId], place) => ({
		linkId: FIRST_LINK_ID - place,
		userId: FIRST_USER_ID - place * 3,
		externalUserId,
		status: 'ACTIVE',
		createdAt: now - (40 + place * 9) * DAY_MS + place * 7_431_017,
	}));
}

export function makePortfolios(): Portfolio[] {
	return USERS.flatMap(([externalUserId, portfolios]) =>
		portfolios.map(([id, name]) => ({ id, externalUserId, name })),
	);
}

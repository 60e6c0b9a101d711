/** The invented data of Simplize: users (some with ids that a careless client gets wrong), cash movements, stock transactions. */
import type { CashMovement, LinkedUser, Portfolio, StockTrade, StockTypeNumber } from './model';
import type { SeededRandom } from '../engine/random';
import { DAY_MS, startOfDay } from '../engine/vietnamTime';

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

/** DEPOSIT is the vendor's; the other codes are guesses, since the list is not published. */
const KINDS = [
	{ type: 'DEPOSIT', typeName: 'Nạp tiền', sign: 1, unit: 1_000_000, most: 200 },
	{ type: 'DEPOSIT', typeName: 'Nạp tiền', sign: 1, unit: 500_000, most: 40 },
	{ type: 'WITHDRAW', typeName: 'Rút tiền', sign: -1, unit: 1_000_000, most: 60 },
	{ type: 'FEE', typeName: 'Phí', sign: -1, unit: 1_000, most: 90 },
] as const;

const NOTES = [
	'Nạp 50 triệu vào ví',
	'Chuyển từ VPS',
	'Rút về tài khoản ngân hàng',
	'Phí lưu ký "tháng"',
	"Khách hàng yêu cầu 'gấp'",
];
const TICKERS = ['HPG', 'ACV', 'BVH', 'VNM', 'FPT'];

export interface CashPlan {
	portfolioId: number;
	count: number;
	/** Id of the oldest movement. */
	firstId: number;
	/** Days over which they are spread, the last of them ending at `now`. */
	days: number;
	now: number;
}

/** Oldest first; ids rise with the time of entry. */
export function makeCash(random: SeededRandom, { portfolioId, count, firstId, days, now }: CashPlan): CashMovement[] {
	const entered = Array.from({ length: count }, () => now - Math.floor(random.next() * days * DAY_MS)).sort(
		(a, b) => a - b,
	);
	return entered.map((createdAt, place) => {
		const kind = random.pick(KINDS);
		const movement: CashMovement = {
			transactionId: firstId + place,
			portfolioId,
			type: kind.type,
			typeName: kind.typeName,
			amount: kind.sign * kind.unit * random.integer(1, kind.most),
			createdAt,
			date: happenedAt(random, createdAt),
			description: kind.typeName,
		};
		if (kind.type === 'FEE') movement.ticker = random.pick(TICKERS);
		if (random.chance(0.3)) movement.note = random.pick(NOTES);
		return movement;
	});
}

/** Often the day alone, seldom some days before it was entered. */
function happenedAt(random: SeededRandom, createdAt: number): number {
	const backDated = random.chance(0.1) ? random.integer(1, 5) * DAY_MS : 0;
	return random.chance(0.5) ? startOfDay(createdAt - backDated) : createdAt - backDated - random.integer(0, 3_600_000);
}

const PRICES: ReadonlyArray<readonly [ticker: string, price: number]> = [
	['HPG', 26_500],
	['ACV', 98_200],
	['BVH', 52_300],
	['VNM', 64_100],
	['FPT', 121_000],
];

/** BUY and SELL are the vendor's; the codes of dividends are guesses. */
export const STOCK_TYPES: Readonly<Record<StockTypeNumber, readonly [code: string, name: string]>> = {
	1: ['BUY', 'Mua'],
	2: ['SELL', 'Bán'],
	3: ['DIVIDEND_CASH', 'Cổ tức tiền mặt'],
	4: ['DIVIDEND_STOCK', 'Cổ tức cổ phiếu'],
};

export function makeStocks(
	random: SeededRandom,
	plan: { portfolioId: number; count: number; firstId: number; days: number; now: number },
): StockTrade[] {
	const times = Array.from(
		{ length: plan.count },
		() => plan.now - Math.floor(random.next() * plan.days * DAY_MS),
	).sort((a, b) => a - b);
	return times.map((date, place) => {
		const type = random.pick<StockTypeNumber>([1, 1, 1, 2, 2, 3, 4]);
		const [ticker, around] = random.pick(PRICES);
		const isTrade = type === 1 || type === 2;
		const trade: StockTrade = {
			id: plan.firstId + place,
			portfolioId: plan.portfolioId,
			ticker,
			type,
			volume: isTrade ? random.integer(1, 50) * 100 : 0,
			price: isTrade ? Math.round((around * random.integer(80, 120)) / 100) : 0,
			date,
			createdAt: date + random.integer(0, 97) * 60_000,
			dividendCash: type === 3 ? random.integer(1, 30) * 100 : 0,
			dividendStock: type === 4 ? random.integer(1, 20) : 0,
		};
		if (random.chance(0.2)) trade.note = 'Chuyển kho từ VPS về';
		return trade;
	});
}

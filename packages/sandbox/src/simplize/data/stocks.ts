/** Stock transactions, made from a seed: buys, sells and dividends. */
import type { SeededRandom } from '../../random';
import { DAY_MS } from '../dates';
import type { StockTrade, StockTypeNumber } from '../model';

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

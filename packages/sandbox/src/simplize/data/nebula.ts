/** Nebula statistics, made from a seed: trades oldest first, open and closed positions that obey the identities of spec 6.6 and 6.9. */
import type { SimplizeNebulaPosition, SimplizeNebulaTransaction } from '@saoke/core';
import type { SeededRandom } from '../../engine/random';
import { DAY_MS } from '../../engine/vietnamTime';
import type { NebulaBook } from '../model';

const TICKERS = ['BVH', 'CTG', 'HPG', 'MWG'];
/** Bought a little above the close, as every sample row is. */
const BUY_COST = 1.0035;
/** 0.45 % is taken from a sale. */
const SALE_SHARE = 0.9955;

/** @param trades number of trades, half of them sales @param now Unix ms */
export function makeNebula(random: SeededRandom, trades: number, now: number): NebulaBook {
	const book: NebulaBook = { transactions: [], open: [], closed: [] };
	const today = Math.floor(now / DAY_MS) * DAY_MS;
	let day = today - trades * 3 * DAY_MS;
	for (let place = 0; place < Math.ceil(trades / 2); place += 1) {
		const ticker = random.pick(TICKERS);
		const close = 20_000 + random.next() * 60_000;
		const buy = trade(ticker, 'BUY', close * BUY_COST, close, random.integer(10, 400) * 100, day);
		const heldDays = random.integer(2, 5);
		const sellClose = Math.round(close * (0.9 + random.next() * 0.25));
		const sellDay = day + heldDays * DAY_MS;
		book.transactions.push(buy, trade(ticker, 'SELL', sellClose, sellClose, buy.quantity, sellDay));
		book.closed.push(closedPosition(ticker, buy, sellClose, sellDay, heldDays));
		day = sellDay + DAY_MS;
	}
	book.open = TICKERS.slice(0, 2).map((ticker) => openPosition(ticker, random, today));
	return book;
}

/** A price alone, for a day without a trade (6.7). */
export function pricePoint(after: SimplizeNebulaTransaction): SimplizeNebulaTransaction {
	return { priceClose: after.priceClose * 1.01, timestamp: midnight(Date.parse(after.timestamp) + DAY_MS) };
}

interface Trade extends SimplizeNebulaTransaction {
	price: number;
	quantity: number;
}

function trade(
	ticker: string,
	action: string,
	price: number,
	priceClose: number,
	quantity: number,
	day: number,
): Trade {
	return { ticker, action, price, priceClose, quantity, timestamp: midnight(day) };
}

function closedPosition(
	ticker: string,
	buy: Trade,
	sellPrice: number,
	sellDay: number,
	holdingPeriod: number,
): SimplizeNebulaPosition {
	const pnl = Math.trunc(buy.quantity * (sellPrice * SALE_SHARE - buy.price));
	return {
		ticker,
		buyPrice: buy.price,
		buyTime: buy.timestamp,
		sellPrice,
		sellTime: midnight(sellDay),
		holdingPeriod,
		quantity: buy.quantity,
		pnl,
		pnlPercentage: (pnl / (buy.price * buy.quantity)) * 100,
		status: 'closed',
	};
}

function openPosition(ticker: string, random: SeededRandom, today: number): SimplizeNebulaPosition {
	const buyPrice = 20_000 + random.next() * 30_000;
	const priceClose = Math.round(buyPrice * 1.1);
	const quantity = random.integer(10, 90) * 100;
	return {
		ticker,
		buyPrice,
		buyTime: midnight(today - 14 * DAY_MS),
		holdingPeriod: 14,
		quantity,
		priceClose,
		pctChange: 0.3,
		pnl: Math.trunc(quantity * (priceClose - buyPrice)),
		pnlPercentage: (priceClose / buyPrice - 1) * 100,
		status: 'open',
	};
}

/** A trading day, as ISO UTC midnight. */
function midnight(ms: number): string {
	return new Date(Math.floor(ms / DAY_MS) * DAY_MS).toISOString();
}

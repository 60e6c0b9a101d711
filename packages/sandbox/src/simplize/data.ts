/** The partner's data: made from a seed, changed by control calls, read by the endpoints. */
import type { CashMovement, CashMovementInput, LinkedUser, Portfolio, StockTrade } from './model';
import { makeCash, makePortfolios, makeStocks, makeUsers } from './seed';
import { SeededRandom } from '../engine/random';

export interface PartnerDataOptions {
	seed: number;
	/** Cash movements of the first portfolio; the others have fewer. */
	cashMovements: number;
	/** Days over which movements are spread. */
	cashDays: number;
	/** Id of the oldest movement of the first portfolio. */
	firstCashId: number;
	stockTransactions: number;
}

export const DEFAULT_PARTNER_DATA: PartnerDataOptions = {
	seed: 1,
	cashMovements: 53,
	cashDays: 700,
	firstCashId: 1_726_682,
	stockTransactions: 24,
};

const MOST_OF_OTHERS = 12;

export interface PartnerSnapshot {
	options: PartnerDataOptions;
	/** Unix ms on which users and stocks are based. */
	madeAt: number;
	nextCashId: number;
}

export class PartnerData {
	users: LinkedUser[] = [];
	portfolios: Portfolio[] = [];
	private cash = new Map<number, CashMovement[]>();
	private stocks = new Map<number, StockTrade[]>();
	private nextCashId = 0;
	private madeAt = 0;

	/** @param now server time, Unix ms */
	constructor(
		private readonly options: PartnerDataOptions,
		private readonly now: () => number,
	) {
		this.reset();
	}

	reset(): void {
		this.make(this.now());
	}

	private make(now: number): void {
		const { seed, cashDays, firstCashId } = this.options;
		const random = new SeededRandom(seed);
		this.madeAt = now;
		this.users = makeUsers(now);
		this.portfolios = makePortfolios();
		this.cash.clear();
		this.stocks.clear();
		this.nextCashId = firstCashId;
		this.portfolios.forEach(({ id: portfolioId }, place) => {
			const count = place === 0 ? this.options.cashMovements : Math.min(MOST_OF_OTHERS, this.options.cashMovements);
			this.cash.set(
				portfolioId,
				makeCash(random, { portfolioId, count, firstId: this.nextCashId, days: cashDays, now }),
			);
			this.nextCashId += count;
			const trades = place === 0 ? this.options.stockTransactions : Math.min(6, this.options.stockTransactions);
			this.stocks.set(
				portfolioId,
				makeStocks(random, { portfolioId, count: trades, firstId: 969_000 + place * 1000, days: cashDays, now }),
			);
		});
	}

	/** @throws RangeError for an unknown portfolio, an amount that is no whole number, or a time that is none */
	addCash(input: CashMovementInput): CashMovement {
		const rows = this.cash.get(input.portfolioId);
		if (!rows) throw new RangeError(`There is no portfolio ${String(input.portfolioId)}.`);
		if (!Number.isSafeInteger(input.amount)) throw new RangeError('amount must be a whole number of VND.');
		const now = this.now();
		const movement: CashMovement = {
			transactionId: input.transactionId ?? this.nextCashId,
			portfolioId: input.portfolioId,
			type: input.type ?? (input.amount < 0 ? 'WITHDRAW' : 'DEPOSIT'),
			typeName: input.typeName ?? (input.amount < 0 ? 'Rút tiền' : 'Nạp tiền'),
			amount: input.amount,
			createdAt: readMoment(input.createdAt, now),
			date: readMoment(input.date, now),
			description: input.description ?? input.typeName ?? (input.amount < 0 ? 'Rút tiền' : 'Nạp tiền'),
		};
		if (input.ticker !== undefined) movement.ticker = input.ticker;
		if (input.note !== undefined) movement.note = input.note;
		this.nextCashId = Math.max(this.nextCashId, movement.transactionId) + 1;
		rows.push(movement);
		return movement;
	}

	/** What has to be kept: how the rest was made, and every cash movement. */
	snapshot(): PartnerSnapshot {
		return { options: this.options, madeAt: this.madeAt, nextCashId: this.nextCashId };
	}

	/** Goes on with what was kept; users and stocks come from the seed and the day of then. */
	restore({ madeAt, nextCashId }: PartnerSnapshot, cash: readonly CashMovement[]): void {
		this.make(madeAt);
		for (const rows of this.cash.values()) rows.length = 0;
		for (const movement of cash) this.cash.get(movement.portfolioId)?.push(movement);
		this.nextCashId = nextCashId;
	}

	isLinked(externalUserId: string): boolean {
		return this.users.some((user) => user.externalUserId === externalUserId && user.status === 'ACTIVE');
	}

	getPortfolio(id: number): Portfolio | undefined {
		return this.portfolios.find((portfolio) => portfolio.id === id);
	}

	getCash(portfolioId: number): readonly CashMovement[] {
		return this.cash.get(portfolioId) ?? [];
	}

	getStocks(portfolioId: number): readonly StockTrade[] {
		return this.stocks.get(portfolioId) ?? [];
	}
}

function readMoment(value: number | string | undefined, fallback: number): number {
	if (value === undefined) return fallback;
	const ms = typeof value === 'number' ? value : Date.parse(value);
	if (Number.isFinite(ms)) return ms;
	throw new RangeError('date and createdAt must be Unix ms or ISO 8601 with a zone.');
}

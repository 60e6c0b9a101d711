/** Cash histories, made from a seed: deposits, withdrawals and fees, some entered later than they happened. */
import type { SeededRandom } from '../../random';
import { DAY_MS, startOfDay } from '../dates';
import type { CashMovement } from '../model';

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

/** Memos and references as banks print them: prefixed, cut and re-cased around what the payer wrote. All invented. */
import { personName } from './people';
import type { SeededRandom } from '../../engine/random';
import { vietnamDateTime } from '../../engine/vietnamTime';
import type { Bank, Counterparty } from '../model';

/** What a payer types for an order, in the manners that shops really meet. */
export function orderMemo(payer: string, random: SeededRandom): string {
	const order = String(random.integer(1000, 9999));
	return random.pick([
		`DH${order}`,
		`DH ${order}`,
		`dh${order} ${payer}`,
		`${payer} thanh toan DH${order}`,
		`Thanh toan don hang DH${order}`,
		`${payer} chuyen tien`,
		`${payer} chuyen khoan DH${order} tien hang`,
		`ck tien hang thang ${String(random.integer(1, 12))}`,
		`Hoc phi lop ${String(random.integer(1, 5))}A HS ${personName(random)}`,
	]);
}

/** The memo as the receiving bank prints it. */
export function incomingDescription(bank: Bank, payer: Counterparty, memo: string, random: SeededRandom): string {
	const serial = random.digits(10);
	switch (bank.codeName) {
		case 'vietcombank':
			return `MBVCB.${serial}.${memo}.CT tu ${payer.accountNumber} ${payer.name} toi ${bank.abbreviation}`;
		case 'mbbank':
			return random.chance(0.5)
				? `${memo}- Ma giao dich/ Trace ${random.digits(6)}`
				: `CUSTOMER ${memo}. TU: ${payer.name}`;
		case 'acb_digi':
			return `${memo.toUpperCase()}-${random.digits(6)}-${random.digits(2)}:${random.digits(2)}:${random.digits(2)} ${random.digits(6)}`;
		case 'techcombank':
			return `${memo} FT${random.digits(14)}`;
		case 'vpbank':
			return `NHAN TU ${payer.accountNumber} TRACE ${random.digits(6)} ND ${memo}`;
		case 'vietinbank':
			return `CT DEN:${random.digits(12)} ${memo}`;
		default:
			return memo;
	}
}

/** The memo of money that goes out to a payee: suppliers, wages, refunds. */
export function outgoingDescription(payee: string, random: SeededRandom): string {
	return random.pick([
		`TRA LUONG THANG ${String(random.integer(1, 12))} ${payee}`,
		`Chuyen tien nha cung cap ${payee} HD ${random.digits(7)}`,
		`Hoan tien don DH${String(random.integer(1000, 9999))} cho ${payee}`,
	]);
}

/** The memo of money that goes out without a payee: withdrawals, bills, card payments. */
export function spendingDescription(random: SeededRandom): string {
	return random.pick([
		'RUT TM TU ATM',
		`Thanh toan tien dien KH PE${random.digits(11)}`,
		`POS SIEU THI GIA RE ${random.digits(6)}`,
	]);
}

/** A bank reference. ACB's is only a number of the day, so it repeats: a reference is no key (spec 7). */
export function bankReference(bank: Bank, time: number, random: SeededRandom): string {
	const compact = vietnamDateTime(time).replace(/\D/g, '');
	switch (bank.codeName) {
		case 'acb_digi':
			return String(random.integer(1, 400));
		case 'vietcombank':
			return `${random.digits(4)} - ${random.digits(5)}`;
		case 'mbbank':
		case 'techcombank':
			return `FT${compact.slice(2, 8)}${random.digits(8)}`;
		default:
			return `TF${compact.slice(2, 10)}${random.digits(8)}`;
	}
}

import { businessName, personName, phoneNumber } from './people';
import type { SeededRandom } from '../../engine/random';
import { DAY_MS, vietnamDay } from '../../engine/vietnamTime';
import type { Bank, SandboxAccount } from '../model';

/** Shapes of account numbers by codeName: a fixed beginning and how many digits follow. */
const NUMBER_SHAPES: Readonly<Record<string, readonly [prefix: string, digits: number]>> = {
	vietcombank: ['0071000', 6],
	timoplus: ['800704', 7],
	acb_digi: ['172', 5],
	vpbank: ['1', 8],
	techcombank: ['190', 11],
	tpbank: ['0', 10],
	vietinbank: ['10', 10],
	bidv: ['3141000', 7],
	agribank: ['1500205', 6],
	ocb: ['0037100', 9],
	msb: ['0300101', 7],
	eximbank: ['2000148', 8],
};

export interface AccountPlan {
	count: number;
	firstId: number;
	/** Wall time in ms; accounts were linked some weeks before it. */
	now: number;
}

/** Makes `plan.count` accounts; the same random state and day give the same ones. Every fifth is disconnected. */
export function makeAccounts(plan: AccountPlan, random: SeededRandom): SandboxAccount[] {
	const accounts: SandboxAccount[] = [];
	const taken = new Set<string>();
	let id = plan.firstId;
	for (let position = 0; position < plan.count; position += 1) {
		const bank = BANKS[position % BANKS.length] as Bank;
		const number = freeAccountNumber(bank, taken, random);
		taken.add(number);
		accounts.push({
			id,
			bank,
			accountNumber: number,
			holder: position % 3 === 2 ? businessName(random) : personName(random),
			memo: position === 0 ? 'Tài khoản bán hàng' : '',
			connectStatus: position % 5 === 4 ? 0 : 1,
			planStatus: position % 5 === 3 ? 1 : 0,
			linkedOn: vietnamDay(plan.now - random.integer(90, 400) * DAY_MS),
			beginningBalance: random.integer(20, 400) * 1_000_000 + random.integer(0, 999_999),
		});
		id += random.integer(1, 60);
	}
	return accounts;
}

function freeAccountNumber(bank: Bank, taken: ReadonlySet<string>, random: SeededRandom): string {
	for (;;) {
		const number = makeAccountNumber(bank, random);
		if (!taken.has(number)) return number;
	}
}

/** An account number in the bank's shape; a mobile number if the bank lets customers choose that. */
export function makeAccountNumber(bank: Bank, random: SeededRandom): string {
	const shape = NUMBER_SHAPES[bank.codeName];
	return shape === undefined ? phoneNumber(random) : `${shape[0]}${random.digits(shape[1])}`;
}

export const BANKS: readonly Bank[] = [
	bank(970436, 63, 'vietcombank', 'Ngân hàng TMCP Ngoại thương Việt Nam', 'Vietcombank', 'VCB'),
	bank(970422, 172, 'mbbank', 'Ngân hàng TMCP Quân đội', 'MBBank', 'MB'),
	bank(970454, 181, 'timoplus', 'Timo Plus by Viet Capital Bank', 'Timo', 'TIMO'),
	bank(970416, 169, 'acb_digi', 'Ngân hàng TMCP Á Châu', 'ACB', 'ACB'),
	bank(970432, 176, 'vpbank', 'Ngân hàng TMCP Việt Nam Thịnh Vượng', 'VPBank', 'VPB'),
	bank(970407, 166, 'techcombank', 'Ngân hàng TMCP Kỹ thương Việt Nam', 'Techcombank', 'TCB'),
	bank(970423, 173, 'tpbank', 'Ngân hàng TMCP Tiên Phong', 'TPBank', 'TPB'),
	bank(970415, 168, 'vietinbank', 'Ngân hàng TMCP Công thương Việt Nam', 'VietinBank', 'CTG'),
	bank(970418, 170, 'bidv', 'Ngân hàng TMCP Đầu tư và Phát triển Việt Nam', 'BIDV', 'BIDV'),
	bank(970405, 165, 'agribank', 'Ngân hàng Nông nghiệp và Phát triển Nông thôn Việt Nam', 'Agribank', 'VBA'),
	bank(970448, 179, 'ocb', 'Ngân hàng TMCP Phương Đông', 'OCB', 'OCB'),
	bank(970426, 174, 'msb', 'Ngân hàng TMCP Hàng Hải', 'MSB', 'MSB'),
	bank(970431, 175, 'eximbank', 'Ngân hàng TMCP Xuất Nhập khẩu Việt Nam', 'Eximbank', 'EIB'),
];

function bank(
	bin: number,
	id: number,
	codeName: string,
	fullName: string,
	shortName: string,
	abbreviation: string,
): Bank {
	return { bin, id, codeName, fullName, shortName, abbreviation };
}

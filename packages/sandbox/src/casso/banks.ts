/** The banks of the sandbox: bin and codeName as the official plugin pairs them (spec 4.1), names as banks write them. */
import type { Bank } from './model';

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

/**
 * Memos from public code, dumps and issue threads, names and numbers replaced, with what a careful cashier reads: the codes of
 * the shop's pattern, and which of the awaited orders are named.
 */
export interface FieldMemo {
	memo: string;
	pattern?: string;
	codes?: string[];
	awaited?: string[];
	matches?: string[];
}

export const FIELD_MEMOS: readonly FieldMemo[] = [
	{ memo: "ACC-GD 640669-2022-09-19T19:30:37-180906-/CTR/naptien 12746/MAC/02FB40D2D89D4CF8", pattern: "naptien", codes: ["NAPTIEN12746"], awaited: ["naptien 12746"], matches: ["naptien 12746"] },
	{ memo: "ACB;28349111;naptien 9730 GD 931139-102322 13:18:51", pattern: "naptien", codes: ["NAPTIEN9730"], awaited: ["naptien 9730", "931139", "102322"], matches: ["naptien 9730"] },
	{ memo: "naptien 13659 FT22298536396686 GD 287786-102522 16:05:58", pattern: "naptien", codes: ["NAPTIEN13659"], awaited: ["naptien13659"], matches: ["naptien13659"] },
	{ memo: "IB NGUYEN VAN D NAPTIEN 2502", pattern: "naptien", codes: ["NAPTIEN2502"], awaited: ["NAPTIEN2502"], matches: ["NAPTIEN2502"] },
	{ memo: "CUSTOMER MoMoT0949111222T28725478788T970422T NAPTIEN359", pattern: "NAPTIEN", codes: ["NAPTIEN359"], awaited: ["NAPTIEN359"], matches: ["NAPTIEN359"] },
	{ memo: "CUSTOMER MB 0904111059 naptien428 Trace 7133 29", pattern: "NAPTIEN", codes: ["NAPTIEN428"], awaited: ["NAPTIEN428", "713329"], matches: ["NAPTIEN428"] },
	{ memo: "CUSTOMER IBFT NAPTIEN379 Trace 483754", pattern: "NAPTIEN", codes: ["NAPTIEN379"], awaited: ["NAPTIEN379"], matches: ["NAPTIEN379"] },
	{ memo: "66642759562-Nap tien MMOf1f197d8-CHUYEN TIEN-OQCH10881498-e78a2fd2-73cf-4a3a-a7a4-e18c3d0c", pattern: "MMO????????", codes: ["MMOF1F197D8"], awaited: ["MMOf1f197d8"], matches: ["MMOf1f197d8"] },
	{ memo: "Nap tien MMOe78395b4", pattern: "Nap tien MMO ????????", codes: ["NAPTIENMMOE78395B4"] },
	{ memo: "74202052730-INVULONXNRT-CHUYEN TIEN-OQCH39153818-MOMO74202052730MOMO", pattern: "INV????????", codes: ["INVULONXNRT"], awaited: ["INVULONXNRT"], matches: ["INVULONXNRT"] },
	{ memo: "74195055998-INVQK0XKZR7-CHUYEN TIEN-OQCH39133019-MOMO74195055998MOMO", pattern: "INV????????", codes: ["INVQK0XKZR7"], awaited: ["INVQK0XKZR7"], matches: ["INVQK0XKZR7"] },
	{ memo: "INVJBJKI2US   Ma giao dich  Trace124745 Trace 124745 NG CHUYEN:CUSTOMER 0966111217", pattern: "INV????????", codes: ["INVJBJKI2US"], awaited: ["INVJBJKI2US", "124745"], matches: ["INVJBJKI2US"] },
	{ memo: "74309033193-927083-CHUYEN TIEN-OQCH39549957-MOMO74309033193MOMO", awaited: ["927083"], matches: ["927083"] },
	{ memo: "CUSTOMER Linh 17654 Trace 588656", awaited: ["17654", "588656"], matches: ["17654"] },
	{ memo: "MBVCB.7981258022.333212.chuyen tienDH59740.CT tu 1014309111 NGUYEN VAN C toi 0966111217 TRAN VAN G tai MB- Ma GD ACSP/ gz333212", pattern: "DH", codes: ["DH59740"], awaited: ["DH59740", "DH5974"], matches: ["DH59740"] },
	{ memo: "CUSTOMER MBVCB 2420648919 339176 ck don DH63 417  CT tu 1027236111 PHAM VAN T to i 259876543210 PHAM VAN T  MB   Quan Doi Trace 339176", pattern: "DH", codes: [], awaited: ["DH63417"], matches: ["DH63417"] },
	{ memo: "SEVQR Q8TB", pattern: "SEVQR ????", codes: ["SEVQRQ8TB"], awaited: ["SEVQR Q8TB", "Q8TB"], matches: ["SEVQR Q8TB", "Q8TB"] },
	{ memo: "SEVQR KR KID9F3A2B77C1", pattern: "KID??????????", codes: ["KID9F3A2B77C1"], awaited: ["KR KID9F3A2B77C1"], matches: ["KR KID9F3A2B77C1"] },
	{ memo: "DNX-ABC12345 chuyen khoan mua cay", pattern: "DNX-????????", codes: ["DNXABC12345"], awaited: ["DNX-ABC12345"], matches: ["DNX-ABC12345"] },
	{ memo: "THANHTOAN A5B2C6", pattern: "THANHTOAN ??????", codes: ["THANHTOANA5B2C6"], awaited: ["THANHTOAN A5B2C6"], matches: ["THANHTOAN A5B2C6"] },
	{ memo: "CourseID2UserID387 050526 23 03", pattern: "CourseID*", codes: ["COURSEID2USERID387"], awaited: ["CourseID2UserID387", "CourseID2UserID38", "CourseID2UserID3870"], matches: ["CourseID2UserID387"] },
	{ memo: "NGUYEN VAN A PHONG101 T11", pattern: "PHONG", codes: ["PHONG101"], awaited: ["PHONG101", "PHONG10", "PHONG1"], matches: ["PHONG101"] },
	{ memo: "TUVAN SANGVOLON 20241229", awaited: ["TUVAN SANGVOLON 20241229", "TUVAN SANGVO 20241229"], matches: ["TUVAN SANGVOLON 20241229"] },
	{ memo: "Nguyen Van A thanh toan hoc phi PAY 123 456 1703123456789", awaited: ["PAY-123-456-1703123456789"], matches: ["PAY-123-456-1703123456789"] },
	{ memo: "ZALOPAY-CHUYENTIEN-O5CH7BV0HDOQ-NAPTIEN 7219600109", pattern: "NAPTIEN", codes: ["NAPTIEN7219600109"], awaited: ["NAPTIEN7219600109"], matches: ["NAPTIEN7219600109"] },
	{ memo: "REM Tfr Ac:5510593111 TT tien nuoc KH:001545 ky 07/2026", pattern: "KH", codes: ["KH001545"], awaited: ["KH001545"], matches: ["KH001545"] },
	{ memo: "REM Tfr Ac:1770260111 O@L_080005_211601_0_0_202419501_92905827637 0785111411 NAPAVATAR 2300", pattern: "NAPAVATAR", codes: ["NAPAVATAR2300"], awaited: ["NAPAVATAR2300"], matches: ["NAPAVATAR2300"] },
	{ memo: "DH4D3D37EDEC53 FT24255276428461   Ma giao dich  Trace127672 Trace 127672", pattern: "DH????????????", codes: ["DH4D3D37EDEC53"], awaited: ["DH4D3D37EDEC53", "DH4D3D37EDEC5"], matches: ["DH4D3D37EDEC53"] },
	{ memo: "ND:CT DEN:231915042064 MBVCB.2707051024.042064.Bill 4.CT tu 0451001112223 NGUYEN VAN B toi 105877111222 TRAN VAN C Ngan hang Cong Thuong Viet Nam (VIETINBANK); tai Napas", pattern: "Bill", codes: ["BILL4"], awaited: ["Bill 4", "042064", "2707051024"], matches: ["Bill 4"] },
	{ memo: "311447.110821.213735.15330734312-0351234567-ri khung", awaited: ["ri khung"], matches: ["ri khung"] },
	{ memo: "Chuyen tien den tu NAPAS Noi dung: CHUNG TAY CUNG DONG BAO VN-130924- 13:54:43 388980 (CT1111) LE H", pattern: "VN", codes: [] },
	{ memo: "nguoi con xa xu gop chut mong MB binh an (CT1111); thoi gian GD:12/09/2024 00:53:58 VO THI BICH N", awaited: ["58VO", "48VO"], matches: [] },
	{ memo: "Chuyen tien den tu NAPAS Noi dung: Vo chong Linh-Q P7-33.12 ung ho dong bao FT24258267710800", awaited: ["P733"], matches: [] },
	{ memo: "DH12 5 cai ao size M", awaited: ["DH125"], matches: [] },
	{ memo: "Chuyen tien den tu NAPAS Noi dung: VAN N UNG HO DONG BAO BAO LU 2024 FT24254376029535", awaited: ["2024"], matches: ["2024"] },
	{ memo: "hoc phi thang 12/2024 NGUYEN VAN A", awaited: ["2024"], matches: [] },
	{ memo: "PHAM XUAN DON ung ho dong bao vung lu (CT1111) PHAM XUAN DON 105771234***", pattern: "DON", codes: [] },
	{ memo: "con xin duoc chia se 1 chut den dong bao (CT1111) BUI V", pattern: "SE", codes: [] },
	{ memo: "73876613791-HG 2509ROBLOX-CHUYEN TIEN-OQCH37878225-MOMO73876613791MOMO", pattern: "HG*", codes: ["HG2509ROBLOX"], awaited: ["HG 2509ROBLOX", "HG 2509"], matches: ["HG 2509ROBLOX"] },
	{ memo: "VQR26044A5CCKYZA DH1024 THANH TOAN HOA DON", pattern: "DH", codes: ["DH1024"], awaited: ["DH1024"], matches: ["DH1024"] },
	{ memo: "MBVCB.4525077405.9P0019630833 CT\ntu 0351000646111 NGUYEN T\nH toi1018795111 CT CP 9PAY", awaited: ["9P0019630833"], matches: ["9P0019630833"] },
	{ memo: "CSWJFDIINX3 19639014", awaited: ["CSWJFDIINX3 19639014", "CSWJFDIINX3"], matches: ["CSWJFDIINX3 19639014", "CSWJFDIINX3"] },
	{ memo: "TRAN VAN G chuyen tien - Ma giao dich/ Trace 729819", awaited: ["729819"], matches: [] },
	{ memo: "thanh toan DH10 24/12/2024", awaited: ["DH1024", "DH10"], matches: ["DH10"] },
	{ memo: "CK-130924- 22:08:58 821825", awaited: ["130924", "821825"], matches: [] },
	{ memo: "MBVCB.2707051024.042064.17654.CT tu 0451001112223 NGUYEN VAN B", awaited: ["17654", "042064", "2707051024"], matches: ["17654"] },
	{ memo: "MBVCB.4525077405.17654.CT tu 0451001112223 NGUYEN VAN B", awaited: ["17654"], matches: ["17654"] },
	{ memo: "chuyen tien 500.000d", awaited: ["500", "000"], matches: [] },
	{ memo: "chuyen tien 500000", awaited: ["500000"], matches: [] },
	{ memo: "goi lai 0912345678 STK 123456789", awaited: ["0912345678", "123456789"], matches: [] },
	{ memo: "DH12 3 hop banh", awaited: ["DH123", "DH12"], matches: ["DH12"] },
	{ memo: "CUSTOMER MBVCB 2420648919 339176 dat coc 823 403 CT tu 0451001112223 PHAM VAN T toi 0966111217 LE H MB Trace 339176", awaited: ["823403", "823", "339176"], matches: ["823403"] },
	{ memo: "NGUYEN VAN LONG dat coc chuyen tienDH59740 giao nhanh- Ma GD ACSP/ gz333212", awaited: ["DH5974", "DH59740", "DH597401"], matches: ["DH59740"] },
	{ memo: "CUSTOMER MoMoT0949111222T28725478788T970422TDH359", awaited: ["DH359"], matches: ["DH359"] },
];

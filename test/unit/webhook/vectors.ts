/** Webhook V2 deliveries with their verdict. The first is Casso's own; the others were signed by a program in another language. */

export interface Vector {
	name: string;
	key: string;
	/** `X-Casso-Signature` */
	header: string;
	body: string;
	isValid: boolean;
}

export const VECTORS: Vector[] = [
	{
		name: 'official test call',
		key: 'mgExMrjj4i7a1p8Cs6LmFbpCd8lbw4sSX4LZXPag7TKazeIogtR90tvWYTkwQbvs',
		header:
			't=1727948258788,v1=ed0a4bd2e826d5cb69988cdb141e6c1a080e21f3b57eb72cd78192220042b9e7dde0868fc667faea8e224900fa7904e7c88dfa098032fb2d6b6996856e8b7ff3',
		body: String.raw`{"error":0,"data":{"id":0,"reference":"MA_GIAO_DICH_THU_NGHIEM","description":"giao dich thu nghiem","amount":599000,"runningBalance":25000000,"transactionDateTime":"2024-10-03 15:06:37","accountNumber":"88888888","bankName":"VPBank","bankAbbreviation":"VPB","virtualAccountNumber":"","virtualAccountName":"","counterAccountName":"NGUYEN VAN A","counterAccountNumber":"8888888888","counterAccountBankId":"970415","counterAccountBankName":"VietinBank"}}`,
		isValid: true,
	},
	{
		name: 'Vietnamese text, slash, quotes, backslash and an emoji',
		key: 'kS8Wn2cVtYb1QzLx5RfPm7JdGh4AeUo9Ti3NwKs6Br0XyCvMqZ8uDjFgHlEpOaI1',
		header:
			't=1727948258788,v1=798d161ba75164032299c475cec42d306f694f611e0c55759c71d851bcb0262ddbc3466b8fc51cb83fe92b477e8e5bc0750f01751232a09cc0b9ce1a199a1f13',
		body: String.raw`{"error":0,"data":{"id":5790,"reference":"FT24277/001\\A","description":"Nguyễn Thị Đào thanh toán đơn hàng DH1024 / \"quà\" 50% 🎁","amount":1250000,"runningBalance":98000123,"transactionDateTime":"2024-10-03 15:06:37","accountNumber":"0071000888888","bankName":"Ngân hàng TMCP Quân đội","bankAbbreviation":"MB","virtualAccountNumber":"","virtualAccountName":"","counterAccountName":"NGUYỄN THỊ ĐÀO","counterAccountNumber":"0123456789","counterAccountBankId":"970436","counterAccountBankName":"Vietcombank"}}`,
		isValid: true,
	},
	{
		name: 'the same value with escapes, white space and other spelling',
		key: 'kS8Wn2cVtYb1QzLx5RfPm7JdGh4AeUo9Ti3NwKs6Br0XyCvMqZ8uDjFgHlEpOaI1',
		header:
			't=1727948258788,v1=798d161ba75164032299c475cec42d306f694f611e0c55759c71d851bcb0262ddbc3466b8fc51cb83fe92b477e8e5bc0750f01751232a09cc0b9ce1a199a1f13',
		body: String.raw`{
  "error": 0,
  "data": {
    "id": 5790,
    "reference": "FT24277/001\\A",
    "description": "Nguy\u1ec5n Th\u1ecb \u0110\u00e0o thanh to\u00e1n \u0111\u01a1n h\u00e0ng DH1024 / \"qu\u00e0\" 50% \ud83c\udf81",
    "amount": 1250000,
    "runningBalance": 98000123,
    "transactionDateTime": "2024-10-03 15:06:37",
    "accountNumber": "0071000888888",
    "bankName": "Ng\u00e2n h\u00e0ng TMCP Qu\u00e2n \u0111\u1ed9i",
    "bankAbbreviation": "MB",
    "virtualAccountNumber": "",
    "virtualAccountName": "",
    "counterAccountName": "NGUY\u1ec4N TH\u1eca \u0110\u00c0O",
    "counterAccountNumber": "0123456789",
    "counterAccountBankId": "970436",
    "counterAccountBankName": "Vietcombank"
  }
}`,
		isValid: true,
	},
	{
		name: 'an amount changed after signing',
		key: 'kS8Wn2cVtYb1QzLx5RfPm7JdGh4AeUo9Ti3NwKs6Br0XyCvMqZ8uDjFgHlEpOaI1',
		header:
			't=1727948258788,v1=798d161ba75164032299c475cec42d306f694f611e0c55759c71d851bcb0262ddbc3466b8fc51cb83fe92b477e8e5bc0750f01751232a09cc0b9ce1a199a1f13',
		body: String.raw`{"error":0,"data":{"id":5790,"reference":"FT24277/001\\A","description":"Nguyễn Thị Đào thanh toán đơn hàng DH1024 / \"quà\" 50% 🎁","amount":12500000,"runningBalance":98000123,"transactionDateTime":"2024-10-03 15:06:37","accountNumber":"0071000888888","bankName":"Ngân hàng TMCP Quân đội","bankAbbreviation":"MB","virtualAccountNumber":"","virtualAccountName":"","counterAccountName":"NGUYỄN THỊ ĐÀO","counterAccountNumber":"0123456789","counterAccountBankId":"970436","counterAccountBankName":"Vietcombank"}}`,
		isValid: false,
	},
	{
		name: 'the same letters composed differently',
		key: 'kS8Wn2cVtYb1QzLx5RfPm7JdGh4AeUo9Ti3NwKs6Br0XyCvMqZ8uDjFgHlEpOaI1',
		header:
			't=1727948258788,v1=798d161ba75164032299c475cec42d306f694f611e0c55759c71d851bcb0262ddbc3466b8fc51cb83fe92b477e8e5bc0750f01751232a09cc0b9ce1a199a1f13',
		body: String.raw`{"error":0,"data":{"id":5790,"reference":"FT24277/001\\A","description":"Nguyễn Thị Đào thanh toán đơn hàng DH1024 / \"quà\" 50% 🎁","amount":1250000,"runningBalance":98000123,"transactionDateTime":"2024-10-03 15:06:37","accountNumber":"0071000888888","bankName":"Ngân hàng TMCP Quân đội","bankAbbreviation":"MB","virtualAccountNumber":"","virtualAccountName":"","counterAccountName":"NGUYỄN THỊ ĐÀO","counterAccountNumber":"0123456789","counterAccountBankId":"970436","counterAccountBankName":"Vietcombank"}}`,
		isValid: false,
	},
	{
		name: 'the right signature of another key',
		key: '1IaOpElHgFjDu8ZqMvCyX0rB6sKwN3iT9oUeA4hGdJ7mPfR5xLzQ1bYtVc2nW8Sk',
		header:
			't=1727948258788,v1=798d161ba75164032299c475cec42d306f694f611e0c55759c71d851bcb0262ddbc3466b8fc51cb83fe92b477e8e5bc0750f01751232a09cc0b9ce1a199a1f13',
		body: String.raw`{"error":0,"data":{"id":5790,"reference":"FT24277/001\\A","description":"Nguyễn Thị Đào thanh toán đơn hàng DH1024 / \"quà\" 50% 🎁","amount":1250000,"runningBalance":98000123,"transactionDateTime":"2024-10-03 15:06:37","accountNumber":"0071000888888","bankName":"Ngân hàng TMCP Quân đội","bankAbbreviation":"MB","virtualAccountNumber":"","virtualAccountName":"","counterAccountName":"NGUYỄN THỊ ĐÀO","counterAccountNumber":"0123456789","counterAccountBankId":"970436","counterAccountBankName":"Vietcombank"}}`,
		isValid: false,
	},
	{
		name: 'money out, few keys',
		key: 'kS8Wn2cVtYb1QzLx5RfPm7JdGh4AeUo9Ti3NwKs6Br0XyCvMqZ8uDjFgHlEpOaI1',
		header:
			't=1700000000000,v1=272444aa6bca894e75940621c31f84ac00dd6ec97818f24f9680f65a6271eab4ae4f6fcc0c67df1b1ee6e1427b08f97eedd5861f2c135d6fa2a77161cc54a8f3',
		body: String.raw`{"data":{"amount":-193000,"id":7,"reference":"","description":"rut tien","transactionDateTime":"2024-10-03 00:00:00","accountNumber":"8007041027107"},"error":0}`,
		isValid: true,
	},
];

/** 6.5: outcome of bulk portfolio syncs: two batches, one of them with failures. */
import { success, type Endpoint, type VerifiedCall } from './call';
import { contract } from './contract';

const FIRST_BATCH = '8c8974a0-e516-4a6c-92b3-7d2db780b18b';
const SECOND_BATCH = '118892eb-c8ec-495d-9bf9-d7c45576744e';

interface Row {
	batchId: string;
	userId: string;
	portfolioId: number;
	status: boolean;
	message: string;
}

export const batchStatus: Endpoint = {
	operation: contract.batchStatus,
	isUserScoped: false,
	answer: (call) => {
		const wanted = call.query.get('batchId');
		const rows = rowsOf(call).filter((row) => wanted === undefined || wanted === '' || row.batchId === wanted);
		const successes = rows.filter((row) => row.status);
		const failures = rows.filter((row) => !row.status);
		// The list of the failures was not readable on the vendor's page: its name is a guess.
		return success({
			totalCount: rows.length,
			successCount: successes.length,
			failedCount: failures.length,
			successes,
			failures,
		});
	},
};

function rowsOf({ partner }: VerifiedCall): Row[] {
	const synced = partner.book.portfolios.map(
		(portfolio, place): Row => ({
			batchId: place < 3 ? FIRST_BATCH : SECOND_BATCH,
			userId: portfolio.externalUserId,
			portfolioId: portfolio.id,
			status: true,
			message: 'Success',
		}),
	);
	const failed: Row = {
		batchId: SECOND_BATCH,
		userId: '1401',
		portfolioId: 844,
		status: false,
		message: 'Portfolio is being synced',
	};
	return [...synced, failed];
}

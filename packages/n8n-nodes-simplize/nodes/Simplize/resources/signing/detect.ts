/** Signing: Detect. Tries the signing options on one harmless request and returns the one that the server accepts. */
import { checkHistoryQuery, detectProfile } from '@saoke/core/simplize';
import { readParameter } from '@saoke/n8n-kit';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { portfolioFields } from '../../shared/fields';
import type { OperationContext } from '../../shared/connection';

const showOnlyForDetect = { resource: ['signing'], operation: ['detect'] };

export const description: INodeProperties[] = [
	{
		displayName:
			'Sends up to twelve requests, most with a signature that the server rejects. Run it once manually, not on a schedule: some services lock a key after too many rejected requests.',
		name: 'detectNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: showOnlyForDetect },
	},
	...portfolioFields(showOnlyForDetect),
];

export async function execute({ context, connection, itemIndex }: OperationContext): Promise<IDataObject[]> {
	const query = checkHistoryQuery(
		{
			externalUserId: readParameter(context, 'externalUserId', itemIndex),
			portfolioId: readParameter(context, 'portfolioId', itemIndex),
		},
		'list',
		Date.now(),
	);
	const { profile, conclusion, trials } = await detectProfile(connection, query);
	return [
		{
			accepted: profile !== null,
			signaturePayload: profile?.payload ?? null,
			signatureEncoding: profile?.encoding ?? null,
			conclusion,
			trials: trials.map((trial) => ({
				signaturePayload: trial.profile.payload,
				signatureEncoding: trial.profile.encoding,
				accepted: trial.isAccepted,
				httpStatus: trial.httpStatus,
				status: trial.serviceStatus,
				message: trial.message,
			})),
		},
	];
}

/** Portfolios to choose from, whichever id Simplize uses for the user of a bulk sync (simplize-api 6.5). */
import { listPortfolios, type SimplizeConnection } from '@saoke/core';
import { closeAll, createClient, start } from './support';

afterEach(closeAll);

/** As if bulk syncs named users by Simplize's own id. */
function withOwnIds(connection: SimplizeConnection): SimplizeConnection {
	return {
		...connection,
		transport: async (request) => {
			const response = await connection.transport(request);
			if (!request.url.includes('/batch/status')) return response;
			return { ...response, body: response.body.replace(/"userId":"[^"]*"/g, '"userId":"1425"') };
		},
	};
}

const names = async (connection: SimplizeConnection, user: string): Promise<string[]> =>
	(await listPortfolios(connection, user)).map(({ id, name }) => `${id} ${name}`);

it('by the partner’s id: those of the user, each once, with their names', async () => {
	const { connection } = createClient(await start());
	expect(await names(connection, 'USER015')).toEqual(['862 Danh mục Đối tác [VPS]', '863 Danh mục dài hạn']);
});

it('by Simplize’s own id: those that Simplize shows for the user', async () => {
	const { connection } = createClient(await start());
	expect(await names(withOwnIds(connection), 'USER015')).toEqual([
		'862 Danh mục Đối tác [VPS]',
		'863 Danh mục dài hạn',
	]);
});

it('an outage while the names are read is told, not an empty list', async () => {
	const { connection } = createClient(await start());
	const transport: SimplizeConnection['transport'] = async (request) =>
		request.url.includes('/portfolio/detail/')
			? await Promise.reject(new Error('socket hang up'))
			: await connection.transport(request);
	await expect(listPortfolios({ ...connection, transport }, 'USER015')).rejects.toThrow('the connection failed');
});

/** Shows one of the API documents in Swagger UI, and links to the others. */
const DOCUMENTS = { casso: 'Casso', simplize: 'Simplize', control: 'Control' };

const chosen = Object.hasOwn(DOCUMENTS, location.hash.slice(1)) ? location.hash.slice(1) : 'casso';

for (const [name, title] of Object.entries(DOCUMENTS)) {
	const link = document.createElement('a');
	link.href = `#${name}`;
	link.textContent = title;
	if (name === chosen) link.setAttribute('aria-current', 'page');
	document.getElementById('documents')?.append(link);
}
window.addEventListener('hashchange', () => location.reload());

SwaggerUIBundle({
	url: `/openapi/${chosen}.json`,
	domNode: document.getElementById('reader'),
	validatorUrl: null,
	docExpansion: 'list',
	defaultModelsExpandDepth: -1,
	persistAuthorization: false,
});

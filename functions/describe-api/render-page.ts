export const renderPage = (api: object, live: object): string => JSON.stringify([api, live])

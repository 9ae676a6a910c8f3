/** Made from the API’s schemas by `npm run describe`: change those, not this. */
export interface paths {
    "/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who asks, and what they may do.
         * @description Needs the right `account:manage`: one’s own password, sessions, tokens and notices.
         */
        get: operations["getAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * One’s own name and address.
         * @description Needs the right `account:manage`: one’s own password, sessions, tokens and notices.
         */
        patch: operations["patchAccount"];
        trace?: never;
    };
    "/account/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Another password. Every other session of the person ends.
         * @description Needs the right `account:manage`: one’s own password, sessions, tokens and notices.
         *
         *     Limits: Wrong tries: 5 at one address from one place, 50 at one address, 30 from one place; each one more waits twice as long as the one before, a quarter of an hour at the most.
         */
        post: operations["postAccountPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where one is signed in, newest first.
         * @description Needs the right `account:manage`: one’s own password, sessions, tokens and notices.
         */
        get: operations["getAccountSessions"];
        put?: never;
        post?: never;
        /**
         * Signs out everywhere.
         * @description Needs the right `account:manage`: one’s own password, sessions, tokens and notices.
         */
        delete: operations["deleteAccountSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Signs out there.
         * @description Needs the right `account:manage`: one’s own password, sessions, tokens and notices.
         */
        delete: operations["deleteAccountSessionsById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A secret for an authenticator app, which counts when it is confirmed.
         * @description Needs the right `account:manage`: one’s own password, sessions, tokens and notices.
         */
        post: operations["postAccountTotp"];
        /**
         * No code is asked for any more. Whoever has a password says it.
         * @description Needs the right `account:manage`: one’s own password, sessions, tokens and notices.
         *
         *     Limits: Wrong tries: 5 at one address from one place, 50 at one address, 30 from one place; each one more waits twice as long as the one before, a quarter of an hour at the most.
         */
        delete: operations["deleteAccountTotp"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/totp/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * From now on a code is asked for.
         * @description Needs the right `account:manage`: one’s own password, sessions, tokens and notices.
         */
        post: operations["postAccountTotpConfirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Alerts that are open, most severe first, then newest; or those that are over, newest first.
         * @description Needs the right `figures:read`: figures, stock, alerts, trade and forecasts, of the stores one may see.
         */
        get: operations["getAlerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alerts/{id}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A person has seen the alert and deals with it.
         * @description Needs the right `alerts:handle`: acknowledge alerts of the stores one may see.
         */
        post: operations["postAlertsByIdAcknowledge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alerts/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The same for up to 200 at once, each by itself. 200: nothing was left to do.
         * @description Needs the right `alerts:handle`: acknowledge alerts of the stores one may see.
         *
         *     Limits: 1 to 200 alerts.
         */
        post: operations["postAlertsAcknowledge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/asyncapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The messages of the socket `/ws`, in AsyncAPI 3.0.
         * @description Anybody may ask this.
         */
        get: operations["getAsyncapiJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who changed what and when, newest first.
         * @description Needs the right `audit:read`: who changed what, and when.
         */
        get: operations["getAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes up to 500 events, our own types or the documents of a point of sale, and answers each by itself.
         * @description Needs the right `storefront:send`: send what shoppers do in a storefront, and nothing else.
         *
         *     Limits: 1 to 500 events in a request; events a day as the merchant may.
         */
        post: operations["postCollect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/forget": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Has a customer forgotten: deletes what says which token stands for them, and documents that name them. The receipt names nobody.
         * @description Needs the right `customers:forget`: have a customer forgotten, for good.
         */
        post: operations["postCustomersForget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Both, for people to read.
         * @description Anybody may ask this.
         */
        get: operations["getDocs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/page.css": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How that page looks.
         * @description Anybody may ask this.
         */
        get: operations["getDocsPageCss"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/page.js": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What that page can do beside being read.
         * @description Anybody may ask this.
         */
        get: operations["getDocsPageJs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One event: what it says, where it is on its way, and what it moved. Without `store` and `at` it is looked for among the newest of the log.
         * @description Needs the right `figures:read`: figures, stock, alerts, trade and forecasts, of the stores one may see.
         */
        get: operations["getEventsById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/export/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A table of the warehouse as Parquet, as it was published last: the rows of the stores that one may see. Where objects have links, as on AWS, 303 leads to it.
         * @description Needs the right `figures:read`: figures, stock, alerts, trade and forecasts, of the stores one may see.
         */
        get: operations["getExportByFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/forecasts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What sold, and what the next seven days will bring: of a product in a store, of a product over stores, of a store, or of all.
         * @description Needs the right `figures:read`: figures, stock, alerts, trade and forecasts, of the stores one may see.
         */
        get: operations["getForecasts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/forecasts/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Expected units of the next seven days by product, the largest first.
         * @description Needs the right `figures:read`: figures, stock, alerts, trade and forecasts, of the stores one may see.
         */
        get: operations["getForecastsProducts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/forecasts/why": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What one forecast is made of: contributions of the trees’ features, and of methods without any.
         * @description Needs the right `figures:read`: figures, stock, alerts, trade and forecasts, of the stores one may see.
         */
        get: operations["getForecastsWhy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the engine answers, and how far it is behind.
         * @description Anybody may ask this.
         */
        get: operations["getHealthz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The newest 50 imports, newest first.
         * @description Needs the right `events:send`: send events and import files.
         */
        get: operations["getImports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a part of a file. Rows that were taken before are repeats: the same file again changes nothing.
         * @description Needs the right `events:send`: send events and import files.
         *
         *     Limits: Up to 2000 rows in a request; rows that are equal, and rows of one group, in the same one. Events a day as the merchant may.
         */
        post: operations["postImportsByKind"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Says what a file may be, where in it our fields are, and how its first rows will be understood. Takes nothing.
         * @description Needs the right `events:send`: send events and import files.
         *
         *     Limits: Up to 100 rows.
         */
        post: operations["postImportsPreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The ways in of the merchant’s providers, oldest first.
         * @description Needs the right `integrations:read`: ways in of providers, and what came through them.
         */
        get: operations["getIntegrations"];
        put?: never;
        /**
         * Opens one. Its secret is shown this once.
         * @description Needs the right `integrations:change`: open, pause and close ways in of providers, and see their new secrets.
         */
        post: operations["postIntegrations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Closes it for good.
         * @description Needs the right `integrations:change`: open, pause and close ways in of providers, and see their new secrets.
         */
        delete: operations["deleteIntegrationsById"];
        options?: never;
        head?: never;
        /**
         * Pauses or resumes it, or changes what is named. With `version`, or with `If-Match`, only where it is at that version: else 409 with `present`.
         * @description Needs the right `integrations:change`: open, pause and close ways in of providers, and see their new secrets.
         */
        patch: operations["patchIntegrationsById"];
        trace?: never;
    };
    "/integrations/{id}/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What came through it, by the hour, in the last 7 days.
         * @description Needs the right `integrations:read`: ways in of providers, and what came through them.
         */
        get: operations["getIntegrationsByIdActivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What came through it in the last 7 days, the newest 1,000, newest first.
         * @description Needs the right `integrations:read`: ways in of providers, and what came through them.
         */
        get: operations["getIntegrationsByIdDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/{id}/deliveries/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of them with its body, without personal fields.
         * @description Needs the right `integrations:read`: ways in of providers, and what came through them.
         */
        get: operations["getIntegrationsByIdDeliveriesByNumber"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/{id}/deliveries/{number}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes it once more by the same path. Nothing is booked twice.
         * @description Needs the right `integrations:change`: open, pause and close ways in of providers, and see their new secrets.
         */
        post: operations["postIntegrationsByIdDeliveriesByNumberRedeliver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A new secret, shown this once; the one before counts for a while.
         * @description Needs the right `integrations:change`: open, pause and close ways in of providers, and see their new secrets.
         */
        post: operations["postIntegrationsByIdRotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends a test through it, signed with its secret and checked like any delivery. Nothing of it is booked.
         * @description Needs the right `integrations:change`: open, pause and close ways in of providers, and see their new secrets.
         */
        post: operations["postIntegrationsByIdTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/{marketplace}/webhook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes one document of a marketplace. 202: taken. 200: it had been taken before, the answer is the same.
         * @description Needs no token: who sends is proved over the body, or asks from this machine.
         *
         *     Limits: As many deliveries a second as the way in allows (200 in the long run), and events a day as the merchant may.
         */
        post: operations["postIntegrationsByMarketplaceWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/{marketplace}/webhook/{connectionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes one delivery of a provider, proved over its raw bytes. 202: taken. 200: taken before, or nothing of it is booked. 401: the connection or the proof is not known.
         * @description Needs no token: who sends is proved over the body, or asks from this machine.
         *
         *     Limits: As many deliveries a second as the way in allows, and events a day as the merchant may.
         */
        post: operations["postIntegrationsByMarketplaceWebhookByConnectionId"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/item/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that is known of one product.
         * @description Needs the right `figures:read`: figures, stock, alerts, trade and forecasts, of the stores one may see.
         */
        get: operations["getItemById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/join": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who a link is for that lets somebody choose a password.
         * @description Anybody may ask this.
         */
        get: operations["getJoin"];
        put?: never;
        /**
         * Chooses a password by such a link, once, and opens a session. Earlier sessions and the authenticator app end.
         * @description Anybody may ask this.
         */
        post: operations["postJoin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/lineage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Parts of the warehouse that are published, the newest days first.
         * @description Needs the right `quality:read`: the ledger, lag, and documents that were set aside.
         */
        get: operations["getLineage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/lineage/{artefact}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a part of the warehouse, or a model, was made of, level by level up to the raw objects.
         * @description Needs the right `quality:read`: the ledger, lag, and documents that were set aside.
         */
        get: operations["getLineageByArtefact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/lineage/{artefact}/inputs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Each of its inputs, by name and version; of raw objects, the objects that lie there.
         * @description Needs the right `quality:read`: the ledger, lag, and documents that were set aside.
         */
        get: operations["getLineageByArtefactInputs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/live/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A ticket for one connection of the socket, `/ws?ticket=…`, within 60 seconds.
         * @description Needs the right `catalogue:read`: products and stores.
         */
        post: operations["postLiveTickets"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/merchant": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * What the merchant is called.
         * @description Needs the right `settings:change`: change thresholds, time zone, currency.
         */
        patch: operations["patchMerchant"];
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every measure of a span, beside the same span a day and a week earlier.
         * @description Needs the right `figures:read`: figures, stock, alerts, trade and forecasts, of the stores one may see.
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was booked of each product in a span, beside an earlier one.
         * @description Needs the right `figures:read`: figures, stock, alerts, trade and forecasts, of the stores one may see.
         */
        get: operations["getMetricsProducts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics/series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One measure over time: of everything, split as `by` says, or of one store, region, category, brand or product.
         * @description Needs the right `figures:read`: figures, stock, alerts, trade and forecasts, of the stores one may see.
         *
         *     Limits: At most 1500 buckets; the 8 largest groups by themselves unless `limit` says otherwise.
         */
        get: operations["getMetricsSeries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/demand": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Versions of the demand model, which one serves, and why the last one does or does not.
         * @description Needs the right `models:read`: versions of models, what they were worth, and drift.
         */
        get: operations["getModelsDemand"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/demand/accuracy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Published forecasts against what was sold, day by day, beside the simplest methods, and what errors cost.
         * @description Needs the right `models:read`: versions of models, what they were worth, and drift.
         */
        get: operations["getModelsDemandAccuracy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/demand/drift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the model still fits: how features have shifted since training, and its error against its own past.
         * @description Needs the right `models:read`: versions of models, what they were worth, and drift.
         */
        get: operations["getModelsDemandDrift"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/demand/promote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Has this version serve from the next forecasts on, whatever it was compared with; or none, but the simple method. With `If-Match`, only where the `version` of `GET /models/demand` is that one: else 409 with `present`.
         * @description Needs the right `models:decide`: let another version of a model serve.
         */
        post: operations["postModelsDemandPromote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/demand/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Has the version serve that served before; where none did, the simple method. Where that serves already nothing changes. 409 as above.
         * @description Needs the right `models:decide`: let another version of a model serve.
         */
        post: operations["postModelsDemandRollback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notices/choices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the person who asks wants to be told of, how and when.
         * @description Needs the right `account:manage`: one’s own password, sessions, tokens and notices.
         */
        get: operations["getNoticesChoices"];
        put?: never;
        /**
         * Changes what is named of it. 409, with the present state: it was changed since `version` was seen.
         * @description Needs the right `account:manage`: one’s own password, sessions, tokens and notices.
         */
        post: operations["postNoticesChoices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notices/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was sent to oneself, or to a webhook, in the last 7 days, the newest 1,000, newest first.
         * @description Needs the right `account:manage`: one’s own password, sessions, tokens and notices.
         */
        get: operations["getNoticesDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notices/deliveries/{number}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends its notice once more, at once and under its id.
         * @description Needs the right `account:manage`: one’s own password, sessions, tokens and notices.
         */
        post: operations["postNoticesDeliveriesByNumberRedeliver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notices/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends a test at once, and says what came of it.
         * @description Needs the right `account:manage`: one’s own password, sessions, tokens and notices.
         */
        post: operations["postNoticesTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notices/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where the merchant has notices posted to: 10 at the most, and that of the setting.
         * @description Needs the right `settings:change`: change thresholds, time zone, currency.
         */
        get: operations["getNoticesWebhooks"];
        put?: never;
        /**
         * Adds one. Its secret is shown this once.
         * @description Needs the right `settings:change`: change thresholds, time zone, currency.
         */
        post: operations["postNoticesWebhooks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notices/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Removes it for good.
         * @description Needs the right `settings:change`: change thresholds, time zone, currency.
         */
        delete: operations["deleteNoticesWebhooksById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This description, in OpenAPI 3.1.
         * @description Anybody may ask this.
         */
        get: operations["getOpenapiJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The catalogue: products by id, as their last listings say.
         * @description Needs the right `catalogue:read`: products and stores.
         */
        get: operations["getProducts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/quality": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The ledger by shard, and what somebody should look at.
         * @description Needs the right `quality:read`: the ledger, lag, and documents that were set aside.
         */
        get: operations["getQuality"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/quality/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What each check of lake and warehouse found, run after run, the newest date first.
         * @description Needs the right `quality:read`: the ledger, lag, and documents that were set aside.
         */
        get: operations["getQualityChecks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/quarantine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Documents that were set aside.
         * @description Needs the right `quality:read`: the ledger, lag, and documents that were set aside.
         *
         *     Limits: One request looks at 5,000 rows.
         */
        get: operations["getQuarantine"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/quarantine/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of them, whole.
         * @description Needs the right `quality:read`: the ledger, lag, and documents that were set aside.
         */
        get: operations["getQuarantineById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/quarantine/{id}/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives it up.
         * @description Needs the right `quarantine:decide`: replay or discard documents that were set aside.
         */
        post: operations["postQuarantineByIdDiscard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/quarantine/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tries it again, mended or as it is.
         * @description Needs the right `quarantine:decide`: replay or discard documents that were set aside.
         */
        post: operations["postQuarantineByIdReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Refunds of a span, newest first, and their sums by reason.
         * @description Needs the right `figures:read`: figures, stock, alerts, trade and forecasts, of the stores one may see.
         */
        get: operations["getRefunds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/refunds/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How long after their sales goods came back, in all and by reason.
         * @description Needs the right `figures:read`: figures, stock, alerts, trade and forecasts, of the stores one may see.
         *
         *     Limits: The newest 5,000 refunds of the span are read.
         */
        get: operations["getRefundsStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reorders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What to order: proposals, most likely to run out first, and their totals by supplier.
         * @description Needs the right `figures:read`: figures, stock, alerts, trade and forecasts, of the stores one may see.
         */
        get: operations["getReorders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reorders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of them with the sum behind it, line by line.
         * @description Needs the right `figures:read`: figures, stock, alerts, trade and forecasts, of the stores one may see.
         */
        get: operations["getReordersById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reorders/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Orders it: a purchase order of the store, on its way from then on. 200: the same was accepted before. 409, with the present one: it was changed since `version` was seen.
         * @description Needs the right `reorders:decide`: accept, snooze and dismiss proposals to order, of the stores one may see.
         */
        post: operations["postReordersByIdAccept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reorders/{id}/dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * It is not wanted today; the next morning may propose it anew. 409 as above.
         * @description Needs the right `reorders:decide`: accept, snooze and dismiss proposals to order, of the stores one may see.
         */
        post: operations["postReordersByIdDismiss"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reorders/{id}/snooze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Puts it off until a day. 409 as above.
         * @description Needs the right `reorders:decide`: accept, snooze and dismiss proposals to order, of the stores one may see.
         */
        post: operations["postReordersByIdSnooze"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reorders/reasons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Why nothing is proposed of a product, store by store, with the sum behind it.
         * @description Needs the right `figures:read`: figures, stock, alerts, trade and forecasts, of the stores one may see.
         */
        get: operations["getReordersReasons"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What has run at night, newest first.
         * @description Needs the right `quality:read`: the ledger, lag, and documents that were set aside.
         */
        get: operations["getRuns"];
        put?: never;
        /**
         * Has a chain run now, and answers the run: where it was asked for before and is not over, that one and no second.
         * @description Needs the right `runs:start`: have a run of the night done again.
         */
        post: operations["postRuns"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of them: what each state did and when, and what its checks found.
         * @description Needs the right `quality:read`: the ledger, lag, and documents that were set aside.
         */
        get: operations["getRunsById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What each check of a run measured, table by table.
         * @description Needs the right `quality:read`: the ledger, lag, and documents that were set aside.
         */
        get: operations["getRunsByIdChecks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the merchant decided.
         * @description Needs the right `settings:read`: thresholds, time zone, currency.
         */
        get: operations["getSettings"];
        put?: never;
        /**
         * Changes a setting from now on: of all, of a category (500 at the most) or of a product.
         * @description Needs the right `settings:change`: change thresholds, time zone, currency.
         */
        post: operations["postSettings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Which alerts a threshold would open, change and close, if it were changed now: of the next 2,000 rows of stock. Nothing is changed.
         * @description Needs the right `settings:read`: thresholds, time zone, currency.
         *
         *     Limits: 2,000 rows of stock in a request, of the stores that one may see; the first 50 of each outcome by name.
         */
        post: operations["postSettingsPreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is decided of single products, by their ids.
         * @description Needs the right `settings:read`: thresholds, time zone, currency.
         */
        get: operations["getSettingsProducts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Changes a one-use code for a browser’s session.
         * @description Anybody may ask this.
         */
        get: operations["getSignIn"];
        put?: never;
        /**
         * Opens a browser’s session for an address and a password, and a code of the authenticator app where one is set up.
         * @description Anybody may ask this.
         *
         *     Limits: Wrong tries: 5 at one address from one place, 50 at one address, 30 from one place; each one more waits twice as long as the one before, a quarter of an hour at the most.
         */
        post: operations["postSignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sign-in/codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A new one-use code.
         * @description Needs the right `account:manage`: one’s own password, sessions, tokens and notices.
         */
        post: operations["postSignInCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends the browser’s session.
         * @description Anybody may ask this.
         */
        post: operations["postSignOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stock with velocity, cover and risk: by store and product; what is at `risk` most urgent first; a `category` by product and store.
         * @description Needs the right `figures:read`: figures, stock, alerts, trade and forecasts, of the stores one may see.
         */
        get: operations["getStock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stock/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Goods came in, were counted, or moved for a reason other than trade: an event of the store.
         * @description Needs the right `stock:change`: receive, count and adjust stock of the stores one may see.
         */
        post: operations["postStockChanges"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stores": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stores by id, as their last listings say.
         * @description Needs the right `catalogue:read`: products and stores.
         */
        get: operations["getStores"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tokens, newest first: one’s own, or everybody’s for who manages people.
         * @description Needs the right `account:manage`: one’s own password, sessions, tokens and notices.
         */
        get: operations["getTokens"];
        put?: never;
        /**
         * A token for a script, shown this once. It may do no more than its person.
         * @description Needs the right `account:manage`: one’s own password, sessions, tokens and notices.
         */
        post: operations["postTokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revokes it, at once.
         * @description Needs the right `account:manage`: one’s own password, sessions, tokens and notices.
         */
        delete: operations["deleteTokensById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/transactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The newest lines of trade: sales, refunds, cancellations, charges; all of them, or those that are searched for. A search looks at so many lines and says how far back that was: `next` goes on from there.
         * @description Needs the right `figures:read`: figures, stock, alerts, trade and forecasts, of the stores one may see.
         *
         *     Limits: A search looks at 5,000 lines for an answer.
         */
        get: operations["getTransactions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who works here, as what and in which stores, those who have been here longest first.
         * @description Needs the right `users:manage`: invite people, change their roles and stores, let them go.
         */
        get: operations["getUsers"];
        put?: never;
        /**
         * Invites somebody. The link is shown this once.
         * @description Needs the right `users:manage`: invite people, change their roles and stores, let them go.
         */
        post: operations["postUsers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Lets them go: their sessions and tokens end at once.
         * @description Needs the right `users:manage`: invite people, change their roles and stores, let them go.
         */
        delete: operations["deleteUsersById"];
        options?: never;
        head?: never;
        /**
         * Another role, other stores, another name.
         * @description Needs the right `users:manage`: invite people, change their roles and stores, let them go.
         */
        patch: operations["patchUsersById"];
        trace?: never;
    };
    "/users/{id}/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A new link to choose a password by: for who was invited, or who lost theirs.
         * @description Needs the right `users:manage`: invite people, change their roles and stores, let them go.
         */
        post: operations["postUsersByIdLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A document was taken (202), or had been before (200): the ids of its events. */
        Accepted: {
            eventIds: string[];
            repeat: boolean;
        };
        AccountAnswer: {
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            /** @description RFC 3339; null: the owner was always there. */
            createdAt: string | null;
            /** @description null: the owner of a machine has not said. */
            email: string | null;
            hasPassword: boolean;
            /** @description Whether a code of an authenticator app is asked for. */
            hasTotp: boolean;
            id: string;
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            merchant: string;
            merchantId: string;
            name: string;
            rights: ("figures:read" | "catalogue:read" | "alerts:handle" | "stock:change" | "reorders:decide" | "events:send" | "storefront:send" | "quality:read" | "runs:start" | "models:read" | "models:decide" | "quarantine:decide" | "settings:read" | "settings:change" | "integrations:read" | "integrations:change" | "audit:read" | "customers:forget" | "users:manage" | "account:manage")[];
            /** @enum {string} */
            role: "owner" | "executive" | "store-manager" | "analyst" | "integrator";
            /** @enum {string} */
            status: "invited" | "active";
            /** @description null: all. */
            stores: string[] | null;
            version: number;
        };
        AccountChange: {
            /**
             * Format: email
             * @description '' of a guest who gave none.
             */
            email?: string;
            /** @description What people call them. */
            name?: string;
            /** @description The one that was seen; `If-Match` may say it in its place. */
            version?: number;
        };
        /** @description Each alert once, in the order of the request. */
        AcknowledgeAnswer: {
            items: components["schemas"]["AcknowledgedItem"][];
        };
        AcknowledgedItem: {
            /** @description Id of the event, where there is a new one. */
            eventId: string | null;
            /**
             * @description repeat: somebody had acknowledged it before; absent: it is not open, or none that one may see.
             * @enum {string}
             */
            fate: "acknowledged" | "repeat" | "absent";
            id: string;
        };
        AcknowledgeRequest: {
            /** @description Alerts by their ids, each once. */
            ids: string[];
        };
        ActivityAnswer: {
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            /** @description Oldest first; an hour in which nothing came is absent. */
            hours: {
                /** @description Taken before, or nothing of it is booked. */
                repeated: number;
                /** @description The hour's beginning, RFC 3339. */
                start: string;
                taken: number;
                /** @description The sum of all of them took so long, ms. */
                tookMs: number;
                /** @description The connection is paused, too fast, or over a quota; or the engine was full. */
                turnedAway: number;
                /** @description Their sender was not proved. */
                unproved: number;
                /** @description They could not be understood. */
                unreadable: number;
            }[];
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            /** @description Hours that began in it. */
            window: components["schemas"]["Span"];
        };
        AlertItem: {
            acknowledgedAt: string | null;
            /** @description Who did, by the id of their account, and by the name that it has. */
            acknowledgedBy: string | null;
            acknowledgedByName: string | null;
            /** @description Days of cover below which stock is low, or critically low, as it is decided now; null: it is of no cover. */
            belowDays: number | null;
            /** @description As the product is listed now; null: with none. */
            category: string | null;
            changedAt: string;
            /** @description Days of cover that it eases at. */
            easesAtDays: number | null;
            /** @description The figures that made it, or made it worse or better. */
            figures: {
                before: number;
                onHand: number;
                unitsPerDay: number;
            };
            id: string;
            /** @enum {string} */
            kind: "LOW_STOCK" | "OUT_OF_STOCK" | "OVERSOLD";
            /** @description How it is after the last movement, which `text` is about; null once it is over. */
            now: {
                onHand: number;
                unitsPerDay: number;
            } | null;
            openedAt: string;
            /** @description The product, by its id in the catalogue. */
            productId: string;
            resolvedAt: string | null;
            /** @enum {string} */
            severity: "WARNING" | "CRITICAL";
            /** @enum {string} */
            state: "open" | "acknowledged" | "resolved";
            /** @description The store, by its id. */
            storeId: string;
            storeName: string | null;
            /** @description What happened, why, and what to do, in a sentence or two. */
            text: string;
            title: string | null;
        };
        AlertsAnswer: {
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            items: components["schemas"]["AlertItem"][];
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            next: string | null;
            /** @description Alerts that were over in it; null of open ones, which are those of the present. */
            window: components["schemas"]["ListSpan"] | null;
        };
        AuditAnswer: {
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            items: {
                after: unknown;
                at: string;
                before: unknown;
                id: string;
                /** @description What was changed. */
                subject: string;
                /** @description What kind of change: `settings.changed`. */
                what: string;
                /** @description Their name and id; the name is null where nobody knows it any more. `by`: what they got in with, `session` or `token`; `password` or `link` of whoever is on their way in, `machine` of whoever runs the engine. */
                who: {
                    by: string;
                    id: string;
                    name: string | null;
                };
            }[];
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            next: string | null;
            /** @description Changes that were made in it. */
            window: components["schemas"]["ListSpan"];
        };
        CampaignClicked: {
            /** @description The campaign, by a name of your own. */
            campaignId: string;
            /** @description Stands for a person; who it is, is known at the door alone. At the door: whatever identifies the person. */
            customer?: string;
            /** @description The product, by its id in the catalogue. */
            productId?: string;
            /** @description The visit, as the storefront names it. */
            sessionId?: string;
            /** @description Which form of the campaign, where there are several. */
            variant?: string;
        };
        /** @description Somebody followed a campaign. */
        CampaignClickedEvent: {
            /** @description What happened. */
            data: components["schemas"]["CampaignClicked"];
            /** @description The sender’s own id of it; without one each document is new. */
            id?: string;
            /**
             * Format: date-time
             * @description When it happened, RFC 3339 with a zone; when it is taken if absent.
             */
            occurredAt?: string;
            /** @description Where it happened; of the catalogue and of rates any text, `-`. */
            storeId: string;
            /** @constant */
            type: "campaign.clicked";
        };
        CampaignShown: {
            /** @description The campaign, by a name of your own. */
            campaignId: string;
            /** @description Stands for a person; who it is, is known at the door alone. At the door: whatever identifies the person. */
            customer?: string;
            /** @description The product, by its id in the catalogue. */
            productId?: string;
            /** @description The visit, as the storefront names it. */
            sessionId?: string;
            /** @description Which form of the campaign, where there are several. */
            variant?: string;
        };
        /** @description A campaign was shown to somebody. */
        CampaignShownEvent: {
            /** @description What happened. */
            data: components["schemas"]["CampaignShown"];
            /** @description The sender’s own id of it; without one each document is new. */
            id?: string;
            /**
             * Format: date-time
             * @description When it happened, RFC 3339 with a zone; when it is taken if absent.
             */
            occurredAt?: string;
            /** @description Where it happened; of the catalogue and of rates any text, `-`. */
            storeId: string;
            /** @constant */
            type: "campaign.shown";
        };
        CampaignSpent: {
            /** @description An amount of money in the currency's minor units, e.g. cents. */
            amountMinor: number;
            /** @description The campaign, by a name of your own. */
            campaignId: string;
            /** @description ISO 4217. */
            currency: string;
            /** @description Which form of the campaign, where there are several. */
            variant?: string;
        };
        /** @description A campaign cost money. */
        CampaignSpentEvent: {
            /** @description What happened. */
            data: components["schemas"]["CampaignSpent"];
            /** @description The sender’s own id of it; without one each document is new. */
            id?: string;
            /**
             * Format: date-time
             * @description When it happened, RFC 3339 with a zone; when it is taken if absent.
             */
            occurredAt?: string;
            /** @description Where it happened; of the catalogue and of rates any text, `-`. */
            storeId: string;
            /** @constant */
            type: "campaign.spent";
        };
        /** @description A cart holds `quantity` of a product from now on; 0 takes it out. */
        CartChanged: {
            /** @description Absent: a cart of its own, which nobody can be seen to leave or to buy. */
            cartId?: string;
            /** @description Stands for a person; who it is, is known at the door alone. At the door: whatever identifies the person. */
            customer?: string;
            /** @description The product, by its id in the catalogue. */
            productId: string;
            /** @description Units that the cart holds now; 0: the product was taken out. */
            quantity: number;
        };
        /** @description A cart holds this many of a product from now on. */
        CartChangedEvent: {
            /** @description What happened. */
            data: components["schemas"]["CartChanged"];
            /** @description The sender’s own id of it; without one each document is new. */
            id?: string;
            /**
             * Format: date-time
             * @description When it happened, RFC 3339 with a zone; when it is taken if absent.
             */
            occurredAt?: string;
            /** @description Where it happened; of the catalogue and of rates any text, `-`. */
            storeId: string;
            /** @constant */
            type: "cart.changed";
        };
        /** @description Money without goods: postage, fees, manual corrections; below zero in the customer's favour. */
        ChargeRecorded: {
            /** @description In minor units; below zero it takes away. */
            amountMinor: number;
            /** @description What kind of charge it is, in the source’s words. */
            code: string;
            /** @description ISO 4217. */
            currency: string;
            /** @description Stands for a person; who it is, is known at the door alone. At the door: whatever identifies the person. */
            customer?: string;
            /** @description What else there is to say, for people. */
            note?: string;
            /** @description The order, as its source names it. */
            orderId: string;
            /** @description It takes back what an earlier charge or a cancelled order had booked. */
            reversal?: boolean;
        };
        /** @description Money moved without goods: postage, fees, corrections. */
        ChargeRecordedEvent: {
            /** @description What happened. */
            data: components["schemas"]["ChargeRecorded"];
            /** @description The sender’s own id of it; without one each document is new. */
            id?: string;
            /**
             * Format: date-time
             * @description When it happened, RFC 3339 with a zone; when it is taken if absent.
             */
            occurredAt?: string;
            /** @description Where it happened; of the catalogue and of rates any text, `-`. */
            storeId: string;
            /** @constant */
            type: "charge.recorded";
        };
        CheckoutCompleted: {
            /** @description The cart, as `cart.changed` named it. */
            cartId: string;
            /** @description Stands for a person; who it is, is known at the door alone. At the door: whatever identifies the person. */
            customer?: string;
            /** @description The order, as its source names it. */
            orderId: string;
        };
        /** @description A cart became an order. */
        CheckoutCompletedEvent: {
            /** @description What happened. */
            data: components["schemas"]["CheckoutCompleted"];
            /** @description The sender’s own id of it; without one each document is new. */
            id?: string;
            /**
             * Format: date-time
             * @description When it happened, RFC 3339 with a zone; when it is taken if absent.
             */
            occurredAt?: string;
            /** @description Where it happened; of the catalogue and of rates any text, `-`. */
            storeId: string;
            /** @constant */
            type: "checkout.completed";
        };
        ChoicesAnswer: {
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            /** @description What a person wants to be told, how and when. */
            choices: {
                channels: ("email" | "log")[];
                /** @enum {string} */
                digest: "off" | "hourly" | "daily";
                digestHour: number;
                email: string | null;
                kinds: ("low-stock" | "out-of-stock" | "oversold" | "forecast-drift" | "run-failed")[];
                /** @enum {string} */
                leastSeverity: "WARNING" | "CRITICAL";
                quietHours: {
                    from: string;
                    to: string;
                } | null;
                stores: string[] | null;
                timeZone: string | null;
            };
            /** @description Where e-mail goes to this person; null: nowhere. */
            emailAddress: string | null;
            /** @description Why no e-mail can be sent as things are; null: it can be tried. */
            emailProblem: string | null;
            /** @description Everything that can be chosen under `kinds`. */
            kinds: {
                about: string;
                kind: string;
            }[];
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            version: number;
        };
        /** @description `version`: of the choices that were seen, which `If-Match` may say in its place; the others stay as they are if absent. */
        ChoicesChange: {
            /** @description None: this person is told nothing. */
            channels?: ("email" | "log")[];
            /**
             * @description Instead of one message for each notice.
             * @enum {string}
             */
            digest?: "off" | "hourly" | "daily";
            /** @description Of a daily digest: the hour of the day, 0 to 23. */
            digestHour?: number;
            /** @description Where e-mail goes. Null: to the account's address. For the machine's owner alone, who needs no account. */
            email?: string | null;
            /** @description What they are told of. */
            kinds?: ("low-stock" | "out-of-stock" | "oversold" | "forecast-drift" | "run-failed")[];
            /**
             * @description Of this and what is graver.
             * @enum {string}
             */
            leastSeverity?: "WARNING" | "CRITICAL";
            /** @description From when to when nothing is sent; what comes then is sent at their end. */
            quietHours?: {
                /** @description A time of day, 22:00. */
                from: string;
                /** @description A time of day, 07:00; of the next day where it is not after `from`. */
                to: string;
            } | null;
            /** @description Null: all that the person may see. */
            stores?: string[] | null;
            /** @description Of the quiet hours and the digest; null: the merchant's. */
            timeZone?: string | null;
            /** @description The one that was seen; `If-Match` may say it in its place. */
            version?: number;
        };
        /** @description In the order of the request: each document was taken, repeated, or refused with every reason. */
        CollectAnswer: {
            results: ({
                eventIds: string[];
                /** @enum {string} */
                status: "accepted" | "repeat";
            } | {
                problems: {
                    field: string;
                    message: string;
                }[];
                /** @constant */
                status: "refused";
            })[];
        };
        CompetitorPriceObserved: {
            /** @description Who asks it. */
            competitor: string;
            /** @description ISO 4217. */
            currency: string;
            /** @description An amount of money in the currency's minor units, e.g. cents. */
            priceMinor: number;
            /** @description The product, by its id in the catalogue. */
            productId: string;
        };
        /** @description A competitor asks this price. */
        CompetitorPriceObservedEvent: {
            /** @description What happened. */
            data: components["schemas"]["CompetitorPriceObserved"];
            /** @description The sender’s own id of it; without one each document is new. */
            id?: string;
            /**
             * Format: date-time
             * @description When it happened, RFC 3339 with a zone; when it is taken if absent.
             */
            occurredAt?: string;
            /** @description Where it happened; of the catalogue and of rates any text, `-`. */
            storeId: string;
            /** @constant */
            type: "competitor-price.observed";
        };
        ConnectionItem: {
            /** @description When the first delivery was accepted. */
            acceptedAt: string | null;
            createdAt: string;
            id: string;
            label: string;
            /** @description Where deliveries are sent. */
            path: string;
            /** @enum {string} */
            proof: "standard-webhooks" | "shopify" | "woocommerce" | "token" | "none";
            ratePerSecond: number;
            source: string;
            /** @enum {string} */
            status: "waiting" | "active" | "paused" | "removed";
            /** @description The store, by its id. */
            storeId: string | null;
            /** @description How often it was changed. */
            version: number;
        };
        /** @description What is absent stays as it is. */
        ConnectionPatch: {
            /** @description What people call it. */
            label?: string;
            /** @description Deliveries a second, in the long run. */
            ratePerSecond?: number;
            /**
             * @description active: deliveries are let in; until the first one is taken, it waits.
             * @enum {string}
             */
            status?: "active" | "paused";
            /** @description null: none. */
            storeId?: string | null;
            /** @description The one that was looked at: at another one nothing is changed. */
            version?: number;
        };
        ConnectionRequest: {
            /** @description What people call it. */
            label?: string;
            /**
             * @description The source's own if absent.
             * @enum {string}
             */
            proof?: "standard-webhooks" | "shopify" | "woocommerce" | "token";
            /** @description 200 if absent. */
            ratePerSecond?: number;
            /** @description Where the provider made the secret, as Shopify does; else one is made. */
            secret?: string;
            /**
             * @description Whose documents come in by it.
             * @enum {string}
             */
            source: "amazon" | "myntra" | "meesho" | "shopify" | "woocommerce" | "generic";
            /** @description Where documents that name no store belong. */
            storeId?: string;
        };
        ConnectionsAnswer: {
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            items: components["schemas"]["ConnectionItem"][];
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            next: string | null;
        };
        DeliveriesAnswer: {
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            items: components["schemas"]["DeliveryItem"][];
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            next: string | null;
            /** @description What came in it. */
            window: components["schemas"]["ListSpan"];
        };
        DeliveryAnswer: {
            /** @description What it was answered, as JSON. */
            answer: string;
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            at: string;
            /** @description The document without personal fields; null: it is not kept. */
            body: string | null;
            durationMs: number;
            headers: {
                [key: string]: string;
            };
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            /** @description Of its connection, from 1. */
            number: number;
            /**
             * @description What was found of its proof: `proved`, or why not. `none`: a door of this machine.
             * @enum {string}
             */
            proof: "proved" | "none" | "missing" | "malformed" | "stale" | "wrong";
            status: number;
            /**
             * @description How it came: from the provider, again by hand, or as a test.
             * @enum {string}
             */
            way: "delivery" | "redelivery" | "test";
        };
        DeliveryItem: {
            /** @description What it was answered, as JSON. */
            answer: string;
            at: string;
            durationMs: number;
            /** @description Of its connection, from 1. */
            number: number;
            /**
             * @description What was found of its proof: `proved`, or why not. `none`: a door of this machine.
             * @enum {string}
             */
            proof: "proved" | "none" | "missing" | "malformed" | "stale" | "wrong";
            status: number;
            /**
             * @description How it came: from the provider, again by hand, or as a test.
             * @enum {string}
             */
            way: "delivery" | "redelivery" | "test";
        };
        /** @description Why it is given up, for the audit. */
        DiscardRequest: {
            /** @description Why it is given up, for the audit. */
            reason?: string;
        };
        /** @description One event and its way: taken at a door, applied, and what it moved. */
        EventAnswer: {
            acceptedAt: string;
            /** @description Alerts of its store that it opened, changed or ended, and nothing after it has changed again. */
            alerts: components["schemas"]["AlertItem"][];
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            businessDate: string | null;
            /** @description As it lies in the log. */
            data: {
                [key: string]: unknown;
            } | null;
            /** @description The delivery that brought it, for who may read those: its body is the source's own document. */
            delivery: {
                connectionId: string;
                number: number;
            } | null;
            /** @description How often the log has it again: each of these changed nothing. */
            duplicates: number;
            id: string;
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            /** @description Whether its minute was final when it came; null: its own times cannot tell. */
            late: boolean | null;
            /** @description What was booked of it. */
            lines: {
                acceptedAt: string;
                amountMinor: number;
                brand?: string | null;
                category?: string | null;
                channel: string | null;
                city?: string | null;
                currency: string;
                customer: string | null;
                discountMinor: number;
                /** @description The source has not said the price yet: it is the catalogue's. */
                estimated: boolean;
                id: string;
                /** @enum {string} */
                kind: "sale" | "cancellation" | "refund" | "charge" | "correction";
                /** @description The source's own words for it: of a refund whose reason is `other`, of a charge. */
                note: string | null;
                occurredAt: string;
                /** @description The order, as its source names it. */
                orderId: string | null;
                /** @description How it was paid, in the source’s words. */
                paymentMethod: string | null;
                /** @description The product, by its id in the catalogue. */
                productId: string | null;
                /** @description Units. */
                quantity: number;
                /** @description Why. */
                reason: string | null;
                region?: string | null;
                source: string;
                /** @description The store, by its id. */
                storeId: string;
                storeName: string | null;
                title: string | null;
            }[];
            occurredAt: string;
            /** @description Where it lies in the log; null: it is in the archive by now. */
            place: {
                sequence: string;
                shard: number;
            } | null;
            /** @description Why it was set aside. */
            problems: {
                field: string;
                message: string;
            }[];
            source: string;
            /**
             * @description pending: accepted and not in the figures yet; held: set aside, see `problems`; replayed, discarded: after that.
             * @enum {string}
             */
            state: "pending" | "applied" | "held" | "replayed" | "discarded";
            /** @description Of the first product it is about: what is on the shelf of its store now. */
            stock: {
                movedAt: string;
                onHand: number;
                /** @description The product, by its id in the catalogue. */
                productId: string;
                title: string | null;
            } | null;
            /** @description The store, by its id. */
            storeId: string;
            storeName: string | null;
            /** @description null, as `data` and `businessDate`: the log keeps it no more, and only what was booked of it is known. */
            type: string | null;
            windows: components["schemas"]["EventWindow"][];
        };
        /** @description A span of time that an event counts in, and how far it is. */
        EventWindow: {
            from: string;
            /** @description Whether its sums are kept: minutes for 8 days, quarters of an hour for 100, days for ever. */
            kept: boolean;
            /** @description Whose sums: a day is the store's own for the store, and the merchant's for everything else. */
            of: ("total" | "store" | "product")[];
            /**
             * @description filling: its time is not over; provisional: late events may still come; final: they correct it from now on.
             * @enum {string}
             */
            status: "filling" | "provisional" | "final";
            timeZone: string;
            to: string;
            /** @enum {string} */
            width: "minute" | "quarter" | "day";
        };
        ForgetRequest: {
            /** @description As the shop knows them: e-mail, telephone, number; or the token that stands for them. */
            customer: string;
        };
        GetForecastsAnswer: {
            /** Format: date-time */
            asOf: string;
            days: {
                day: string;
                horizon: number;
                mean: number;
                median: number;
                q10: number;
                q20: number;
                q30: number;
                q40: number;
                q50: number;
                q60: number;
                q70: number;
                q80: number;
                q90: number;
            }[];
            history: {
                day: string;
                stockOuts: number;
                units: number;
            }[];
            lagMs: number;
            madeOn: string | null;
            methods: {
                median: (number | null)[];
                name: string;
            }[];
            series: number;
            servedBy: {
                by: string;
                modelVersion: string | null;
                segment: string;
                series: number;
            }[];
            title: string | null;
            why: ("nothing-forecast" | "not-sold" | "older") | null;
        };
        GetForecastsProductsAnswer: {
            /** Format: date-time */
            asOf: string;
            found: number;
            items: {
                /** @description The product, by its id in the catalogue. */
                productId: string;
                stores: number;
                title: string | null;
                week: number;
            }[];
            lagMs: number;
            madeOn: string | null;
        };
        GetForecastsWhyAnswer: {
            /** Format: date-time */
            asOf: string;
            day: string | null;
            lagMs: number;
            level: number | null;
            median: number | null;
            modelVersion: string | null;
            parts: {
                base: number;
                groups: {
                    about: string;
                    features: {
                        feature: string;
                        units: number;
                        value: number | null;
                    }[];
                    units: number;
                }[];
                methods: {
                    name: string;
                    units: number;
                    weight: number;
                }[];
                rest: number;
            } | null;
            /** @description Why. */
            reason: string | null;
            servedBy: string | null;
        };
        GetHealthzAnswer: {
            /** Format: date-time */
            asOf: string;
            lagMs: number;
            /** @constant */
            status: "ok";
        };
        GetLineageAnswer: {
            /** Format: date-time */
            asOf: string;
            items: {
                day: string;
                id: string;
                rows: number;
                table: string;
                version: string;
            }[];
            lagMs: number;
            next: string | null;
        };
        GetLineageByArtefactAnswer: {
            artefact: {
                checks: {
                    failed: number;
                    passed: number;
                    skipped: number;
                    warned: number;
                } | null;
                code: string | null;
                day: string;
                durationMs: number | null;
                id: string;
                isKnown: boolean;
                isPresent: boolean;
                /** @enum {string} */
                kind: "part" | "model" | "raw" | "given";
                madeAt: string | null;
                name: string;
                rowsIn: number | null;
                rowsOut: number | null;
                run: string | null;
                version: string;
            };
            /** Format: date-time */
            asOf: string;
            isCut: boolean;
            lagMs: number;
            links: {
                count: number;
                firstDay: string;
                from: string;
                lastDay: string;
                to: string;
            }[];
            nodes: {
                checks: {
                    failed: number;
                    passed: number;
                    skipped: number;
                    warned: number;
                } | null;
                code: string | null;
                day: string;
                durationMs: number | null;
                id: string;
                isKnown: boolean;
                isPresent: boolean;
                /** @enum {string} */
                kind: "part" | "model" | "raw" | "given";
                madeAt: string | null;
                name: string;
                rowsIn: number | null;
                rowsOut: number | null;
                run: string | null;
                version: string;
            }[];
        };
        GetLineageByArtefactInputsAnswer: {
            /** Format: date-time */
            asOf: string;
            items: {
                count: number | null;
                day: string;
                id: string;
                /** @enum {string} */
                kind: "part" | "model" | "raw" | "given";
                name: string;
                object: string | null;
                rows: number | null;
                sha256: string | null;
                version: string;
            }[];
            lagMs: number;
            next: string | null;
        };
        GetModelsDemandAccuracyAnswer: {
            ahead: number;
            all: {
                biasOfMean: number | null;
                biasOfMedian: number | null;
                coverage80: number | null;
                forecasts: number;
                moving: number | null;
                naive: number | null;
                wape: number | null;
            };
            /** Format: date-time */
            asOf: string;
            days: {
                actual: number;
                biasOfMean: number | null;
                biasOfMedian: number | null;
                coverage80: number | null;
                day: string;
                forecasts: number;
                mean: number;
                median: number;
                moving: number | null;
                naive: number | null;
                wape: number | null;
            }[];
            lagMs: number;
            money: {
                currency: string;
                forecasts: number;
                model: number;
                moving: number;
                naive: number;
            }[];
        };
        GetModelsDemandAnswer: {
            /** Format: date-time */
            asOf: string;
            earlier: string[];
            judged: {
                /** Format: date-time */
                at: string;
                isPromoted: boolean;
                /** @description Why. */
                reason: string;
                version: string;
            } | null;
            lagMs: number;
            serving: {
                baseline: string;
                since: string | null;
                version: string | null;
            };
            version: number;
            versions: {
                bestBaseline: string;
                champion: {
                    champion: {
                        biasOfMean: number | null;
                        biasOfMedian: number | null;
                        coverage80: number | null;
                        mase: number | null;
                        points: number;
                        rmsse: number | null;
                        wape: number | null;
                        weightedQuantileLoss: number | null;
                    } | null;
                    folds: string[];
                    model: {
                        biasOfMean: number | null;
                        biasOfMedian: number | null;
                        coverage80: number | null;
                        mase: number | null;
                        points: number;
                        rmsse: number | null;
                        wape: number | null;
                        weightedQuantileLoss: number | null;
                    } | null;
                    version: string;
                } | null;
                codeVersion: string;
                decision: {
                    isBetter: boolean;
                    /** @description Why. */
                    reason: string;
                };
                features: number;
                folds: {
                    choosing: string[];
                    scored: string[];
                };
                isServing: boolean;
                scores: {
                    baselines: {
                        [key: string]: {
                            biasOfMean: number | null;
                            biasOfMedian: number | null;
                            coverage80: number | null;
                            mase: number | null;
                            points: number;
                            rmsse: number | null;
                            wape: number | null;
                            weightedQuantileLoss: number | null;
                        };
                    };
                    model: {
                        biasOfMean: number | null;
                        biasOfMedian: number | null;
                        coverage80: number | null;
                        mase: number | null;
                        points: number;
                        rmsse: number | null;
                        wape: number | null;
                        weightedQuantileLoss: number | null;
                    };
                };
                serves: {
                    [key: string]: string;
                };
                training: {
                    from: string;
                    leftOut: number;
                    rows: number;
                    series: number;
                    until: string;
                };
                version: string;
            }[];
        };
        GetModelsDemandDriftAnswer: {
            /** Format: date-time */
            asOf: string;
            checks: {
                /** Format: date-time */
                at: string;
                error: {
                    bound: number;
                    usual: number;
                    wape: number;
                    weeks: number;
                } | null;
                features: number | null;
                isAlarm: boolean;
                madeOn: string;
                model: string | null;
                series: number;
                shifts: {
                    about: string;
                    bound: number;
                    feature: string;
                    psi: number;
                }[];
                trains: boolean;
            }[];
            falseAlarms: number;
            lagMs: number;
            trainOnDrift: boolean;
        };
        GetOpenapiJsonAnswer: {
            [key: string]: unknown;
        };
        GetQualityChecksAnswer: {
            /** Format: date-time */
            asOf: string;
            items: {
                attempt: number;
                chain: string;
                checks: {
                    bound: number | null;
                    check: string;
                    day: string;
                    measured: number | null;
                    /** @enum {string} */
                    outcome: "passed" | "failed" | "warned" | "skipped";
                    parts: number;
                    /** @enum {string} */
                    severity: "hard" | "soft";
                    table: string;
                    wrong: number;
                }[];
                date: string;
                endedAt: string;
                run: string;
            }[];
            lagMs: number;
            next: string | null;
            window: components["schemas"]["ListSpan"];
        };
        GetRunsAnswer: {
            /** Format: date-time */
            asOf: string;
            items: {
                askedAt: string;
                askedBy: string;
                attempt: number;
                chain: string;
                date: string;
                endedAt: string | null;
                failure: {
                    cause: string;
                    error: string;
                    state: string | null;
                } | null;
                from: string | null;
                id: string;
                startedAt: string | null;
                /** @enum {string} */
                status: "waiting" | "running" | "succeeded" | "failed";
            }[];
            lagMs: number;
            next: string | null;
            window: components["schemas"]["ListSpan"];
        };
        GetRunsByIdChecksAnswer: {
            /** Format: date-time */
            asOf: string;
            items: {
                bound: number | null;
                check: string;
                day: string;
                measured: number | null;
                /** @enum {string} */
                outcome: "passed" | "failed" | "warned" | "skipped";
                /** @enum {string} */
                severity: "hard" | "soft";
                table: string;
            }[];
            lagMs: number;
            next: string | null;
        };
        /** @description One held document, whole. `document`: its text, where it is UTF-8; else base64. */
        HeldDocument: {
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            attempts: number;
            document: string;
            /** @enum {string} */
            encoding: "utf-8" | "base64";
            heldAt: string;
            /** @description Shard and sequence. */
            id: string;
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            problems: {
                field: string;
                message: string;
            }[];
            /** @enum {string} */
            status: "held" | "replayed" | "discarded";
        };
        HeldItem: {
            attempts: number;
            heldAt: string;
            /** @description Shard and sequence. */
            id: string;
            problems: {
                field: string;
                message: string;
            }[];
            /** @enum {string} */
            status: "held" | "replayed" | "discarded";
        };
        ImportAnswer: {
            /** @description Events that are new, and those that were known before. */
            accepted: number;
            refused: {
                line: number;
                problems: {
                    field: string;
                    message: string;
                }[];
            }[];
            repeats: number;
            /** @description Of online-retail: how often sales of a product bore a title. */
            titles: {
                /** @description The product, by its id in the catalogue. */
                productId: string;
                sales: number;
                title: string;
            }[];
        };
        ImportItem: {
            accepted: number;
            beganAt: string;
            file: string;
            /** @description Whether all its parts came: one that did not can be sent again from the beginning, and nothing is counted twice. */
            isWhole: boolean;
            /** @enum {string} */
            kind: "products" | "stores" | "rates" | "sales" | "online-retail" | "online-retail-titles";
            /** @description When its newest part came. */
            lastAt: string;
            lines: number;
            refused: number;
            repeats: number;
            run: string;
        };
        ImportPreviewAnswer: {
            /** @description Our names, and whether a column must be found for it. */
            fields: {
                isRequired: boolean;
                name: string;
            }[];
            /** @description Rows that lie together in the file say one thing where they are equal here: they go into one request. */
            groupColumn: string | null;
            /** @description Columns of the file that nothing reads. */
            ignoredColumns: string[];
            /** @description null: the columns are of no kind that is known. */
            kind: ("products" | "stores" | "rates" | "sales" | "online-retail" | "online-retail-titles") | null;
            mapping: {
                [key: string]: unknown;
            };
            /** @description What is missing in the mapping or wrong with it, by field. */
            problems: {
                field: string;
                message: string;
            }[];
            /** @description Each row as it will be understood. */
            rows: {
                events: {
                    data: {
                        [key: string]: unknown;
                    };
                    occurredAt: string | null;
                    /** @description The store, by its id. */
                    storeId: string;
                    type: string;
                }[];
                line: number;
                problems: {
                    field: string;
                    message: string;
                }[];
            }[];
        };
        ImportPreviewRequest: {
            /** @description Names of the file’s columns, in its order. */
            columns: string[];
            /**
             * @description Guessed from the columns if absent.
             * @enum {string}
             */
            kind?: "products" | "stores" | "rates" | "sales" | "online-retail" | "online-retail-titles";
            /** @description Guessed if absent. Of sales as docs/imports.md says; else the file's column for each of ours. */
            mapping?: {
                [key: string]: unknown;
            };
            /** @description The first rows of the file, each with its line. */
            rows: {
                /** @description Its texts, in the order of `columns`. */
                cells: string[];
                /** @description Its line in the file, by which it is named where it is refused. */
                line: number;
            }[];
        };
        ImportRequest: {
            /** @description Names of the file’s columns, in its order. */
            columns: string[];
            /** @description The file's name, for people. */
            file: string;
            /** @description Nothing comes after it. */
            isLast?: boolean;
            /** @description Of sales as docs/imports.md says; else the file’s column for each of ours. */
            mapping: {
                [key: string]: unknown;
            };
            /** @description Counts up from 0 in a run. */
            part: number;
            /** @description Equal rows, and rows of one group, belong into one request. */
            rows: {
                /** @description Its texts, in the order of `columns`. */
                cells: string[];
                /** @description Its line in the file, by which it is named where it is refused. */
                line: number;
            }[];
            /** @description The same in every request of one import: any text of your own. */
            run: string;
        };
        ImportsAnswer: {
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            items: components["schemas"]["ImportItem"][];
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            next: string | null;
            /** @description Imports that began in it. */
            window: components["schemas"]["ListSpan"];
        };
        /** @description The link's path: whoever has it lets themselves in, once. */
        InvitationAnswer: {
            /** @description RFC 3339; null: the owner was always there. */
            createdAt: string | null;
            /** @description null: the owner of a machine has not said. */
            email: string | null;
            id: string;
            name: string;
            path: string;
            /** @enum {string} */
            role: "owner" | "executive" | "store-manager" | "analyst" | "integrator";
            /** @enum {string} */
            status: "invited" | "active";
            /** @description null: all. */
            stores: string[] | null;
            version: number;
        };
        InvitationRequest: {
            /**
             * Format: email
             * @description '' of a guest who gave none.
             */
            email: string;
            /** @description What people call them; they may say it themselves. */
            name?: string;
            /**
             * @description As what they work here.
             * @enum {string}
             */
            role: "owner" | "executive" | "store-manager" | "analyst" | "integrator";
            /** @description Those that they see; all if absent. */
            stores?: string[];
        };
        /** @description Everything we know of one product. */
        ItemAnswer: {
            /** @description Open ones, 100 at the most. */
            alerts: components["schemas"]["AlertItem"][];
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            /** @description What the merchant says of it; null while nobody has listed it. */
            listing: {
                [key: string]: unknown;
            } | null;
            money: {
                [key: string]: {
                    /** @description Gross revenue less discounts, divided by orders, where all are in one currency. Not kept by product. */
                    averageOrderValue: components["schemas"]["Measure"];
                    /** @description Goods whose order was called off. */
                    cancelledAmount: components["schemas"]["Measure"];
                    /** @description The part of the charges that takes back earlier ones, below zero. */
                    chargeReversals: components["schemas"]["Measure"];
                    /** @description Money without goods: postage, fees, corrections. None is of a product. */
                    charges: components["schemas"]["Measure"];
                    /** @description Taken off at the sale. */
                    discounts: components["schemas"]["Measure"];
                    /** @description Gross revenue less discounts, refunds and cancellations. */
                    goodsRevenue: components["schemas"]["Measure"];
                    /** @description Goods sold, at the price asked, before discounts, refunds and cancellations. */
                    grossRevenue: components["schemas"]["Measure"];
                    /** @description Goods revenue and charges. */
                    netRevenue: components["schemas"]["Measure"];
                    /** @description Given back for goods. */
                    refundAmount: components["schemas"]["Measure"];
                    /** @description Tax that the sales stated. */
                    tax: components["schemas"]["Measure"];
                };
            };
            onHand: number;
            /** @description What it cost where and since when (`at`), newest first: of each shard its last 50 moves. A price that nobody changed is in none. */
            prices: {
                at: string;
                currency: string;
                priceMinor: number;
                /** @description The store, by its id. */
                storeId: string;
            }[];
            /** @description The product, by its id in the catalogue. */
            productId: string;
            /** @description The newest 20 of what is kept: of each shard its last 12 events of the product. */
            recent: {
                amountMinor: number | null;
                currency: string | null;
                id: string;
                /** @description What else there is to say, for people. */
                note: string | null;
                occurredAt: string;
                /** @description Units. */
                quantity: number | null;
                /** @description Of a refund, a cancellation or a change of stock; `note` holds the source's own words where the reason is `other`. */
                reason: string | null;
                /** @description The store, by its id. */
                storeId: string;
                type: string;
            }[];
            /** @description By store, the first 100 of them: `GET /stock?product=` has all. */
            stock: components["schemas"]["StockItem"][];
            /** @description How many stores have it, or sold it, and what is there in all of them. */
            stores: number;
            today: {
                /** @description Carts with an id that were opened more than 30 minutes ago and never bought. Not kept by product. */
                abandonedCarts?: components["schemas"]["Measure"];
                /** @description Different customers who bought. Exact up to 256, above that within 1.6 % (HyperLogLog). Not kept by product, nor by the minute for a store or region. */
                activeCustomers?: components["schemas"]["Measure"];
                /** @description Orders of which something was called off. Not kept by product. */
                cancellations?: components["schemas"]["Measure"];
                /** @description Carts opened. Not kept by product. */
                carts?: components["schemas"]["Measure"];
                /** @description Products chosen from a list. */
                clicks?: components["schemas"]["Measure"];
                /** @description Orders divided by product views. Not kept by product. */
                conversion?: components["schemas"]["Measure"];
                /** @description Papers of trade: orders, cancellations, and adjustments of stock that name one. Not kept by product. */
                documents?: components["schemas"]["Measure"];
                /** @description Events that came after their minute was final, and corrected it. */
                late?: components["schemas"]["Measure"];
                /** @description Customers whose first trade with a store was then. Not kept by product. */
                newCustomers?: components["schemas"]["Measure"];
                /** @description Orders with at least one line sold or charged, at the time of their first line. Not kept by product. */
                orders?: components["schemas"]["Measure"];
                /** @description Refunds. */
                refunds?: components["schemas"]["Measure"];
                /** @description Times that a product ran out in a store. */
                stockOuts?: components["schemas"]["Measure"];
                /** @description Units sold. */
                units?: components["schemas"]["Measure"];
                /** @description Product pages seen. */
                views?: components["schemas"]["Measure"];
            };
            /** @description Each beside the same time a day and a week earlier. null: of some stores alone no sums of just that time are kept. */
            windows: {
                /** @description The last 15 minutes; for a person with some stores the quarter of an hour so far. */
                lastMinutes: {
                    counts: {
                        /** @description Carts with an id that were opened more than 30 minutes ago and never bought. Not kept by product. */
                        abandonedCarts?: components["schemas"]["Measure"];
                        /** @description Different customers who bought. Exact up to 256, above that within 1.6 % (HyperLogLog). Not kept by product, nor by the minute for a store or region. */
                        activeCustomers?: components["schemas"]["Measure"];
                        /** @description Orders of which something was called off. Not kept by product. */
                        cancellations?: components["schemas"]["Measure"];
                        /** @description Carts opened. Not kept by product. */
                        carts?: components["schemas"]["Measure"];
                        /** @description Products chosen from a list. */
                        clicks?: components["schemas"]["Measure"];
                        /** @description Orders divided by product views. Not kept by product. */
                        conversion?: components["schemas"]["Measure"];
                        /** @description Papers of trade: orders, cancellations, and adjustments of stock that name one. Not kept by product. */
                        documents?: components["schemas"]["Measure"];
                        /** @description Events that came after their minute was final, and corrected it. */
                        late?: components["schemas"]["Measure"];
                        /** @description Customers whose first trade with a store was then. Not kept by product. */
                        newCustomers?: components["schemas"]["Measure"];
                        /** @description Orders with at least one line sold or charged, at the time of their first line. Not kept by product. */
                        orders?: components["schemas"]["Measure"];
                        /** @description Refunds. */
                        refunds?: components["schemas"]["Measure"];
                        /** @description Times that a product ran out in a store. */
                        stockOuts?: components["schemas"]["Measure"];
                        /** @description Units sold. */
                        units?: components["schemas"]["Measure"];
                        /** @description Product pages seen. */
                        views?: components["schemas"]["Measure"];
                    };
                    money: {
                        [key: string]: {
                            /** @description Gross revenue less discounts, divided by orders, where all are in one currency. Not kept by product. */
                            averageOrderValue: components["schemas"]["Measure"];
                            /** @description Goods whose order was called off. */
                            cancelledAmount: components["schemas"]["Measure"];
                            /** @description The part of the charges that takes back earlier ones, below zero. */
                            chargeReversals: components["schemas"]["Measure"];
                            /** @description Money without goods: postage, fees, corrections. None is of a product. */
                            charges: components["schemas"]["Measure"];
                            /** @description Taken off at the sale. */
                            discounts: components["schemas"]["Measure"];
                            /** @description Gross revenue less discounts, refunds and cancellations. */
                            goodsRevenue: components["schemas"]["Measure"];
                            /** @description Goods sold, at the price asked, before discounts, refunds and cancellations. */
                            grossRevenue: components["schemas"]["Measure"];
                            /** @description Goods revenue and charges. */
                            netRevenue: components["schemas"]["Measure"];
                            /** @description Given back for goods. */
                            refundAmount: components["schemas"]["Measure"];
                            /** @description Tax that the sales stated. */
                            tax: components["schemas"]["Measure"];
                        };
                    };
                    window: components["schemas"]["Span"];
                } | null;
                /** @description Six business days and today. */
                sevenDays: {
                    counts: {
                        /** @description Carts with an id that were opened more than 30 minutes ago and never bought. Not kept by product. */
                        abandonedCarts?: components["schemas"]["Measure"];
                        /** @description Different customers who bought. Exact up to 256, above that within 1.6 % (HyperLogLog). Not kept by product, nor by the minute for a store or region. */
                        activeCustomers?: components["schemas"]["Measure"];
                        /** @description Orders of which something was called off. Not kept by product. */
                        cancellations?: components["schemas"]["Measure"];
                        /** @description Carts opened. Not kept by product. */
                        carts?: components["schemas"]["Measure"];
                        /** @description Products chosen from a list. */
                        clicks?: components["schemas"]["Measure"];
                        /** @description Orders divided by product views. Not kept by product. */
                        conversion?: components["schemas"]["Measure"];
                        /** @description Papers of trade: orders, cancellations, and adjustments of stock that name one. Not kept by product. */
                        documents?: components["schemas"]["Measure"];
                        /** @description Events that came after their minute was final, and corrected it. */
                        late?: components["schemas"]["Measure"];
                        /** @description Customers whose first trade with a store was then. Not kept by product. */
                        newCustomers?: components["schemas"]["Measure"];
                        /** @description Orders with at least one line sold or charged, at the time of their first line. Not kept by product. */
                        orders?: components["schemas"]["Measure"];
                        /** @description Refunds. */
                        refunds?: components["schemas"]["Measure"];
                        /** @description Times that a product ran out in a store. */
                        stockOuts?: components["schemas"]["Measure"];
                        /** @description Units sold. */
                        units?: components["schemas"]["Measure"];
                        /** @description Product pages seen. */
                        views?: components["schemas"]["Measure"];
                    };
                    money: {
                        [key: string]: {
                            /** @description Gross revenue less discounts, divided by orders, where all are in one currency. Not kept by product. */
                            averageOrderValue: components["schemas"]["Measure"];
                            /** @description Goods whose order was called off. */
                            cancelledAmount: components["schemas"]["Measure"];
                            /** @description The part of the charges that takes back earlier ones, below zero. */
                            chargeReversals: components["schemas"]["Measure"];
                            /** @description Money without goods: postage, fees, corrections. None is of a product. */
                            charges: components["schemas"]["Measure"];
                            /** @description Taken off at the sale. */
                            discounts: components["schemas"]["Measure"];
                            /** @description Gross revenue less discounts, refunds and cancellations. */
                            goodsRevenue: components["schemas"]["Measure"];
                            /** @description Goods sold, at the price asked, before discounts, refunds and cancellations. */
                            grossRevenue: components["schemas"]["Measure"];
                            /** @description Goods revenue and charges. */
                            netRevenue: components["schemas"]["Measure"];
                            /** @description Given back for goods. */
                            refundAmount: components["schemas"]["Measure"];
                            /** @description Tax that the sales stated. */
                            tax: components["schemas"]["Measure"];
                        };
                    };
                    window: components["schemas"]["Span"];
                } | null;
                today: {
                    counts: {
                        /** @description Carts with an id that were opened more than 30 minutes ago and never bought. Not kept by product. */
                        abandonedCarts?: components["schemas"]["Measure"];
                        /** @description Different customers who bought. Exact up to 256, above that within 1.6 % (HyperLogLog). Not kept by product, nor by the minute for a store or region. */
                        activeCustomers?: components["schemas"]["Measure"];
                        /** @description Orders of which something was called off. Not kept by product. */
                        cancellations?: components["schemas"]["Measure"];
                        /** @description Carts opened. Not kept by product. */
                        carts?: components["schemas"]["Measure"];
                        /** @description Products chosen from a list. */
                        clicks?: components["schemas"]["Measure"];
                        /** @description Orders divided by product views. Not kept by product. */
                        conversion?: components["schemas"]["Measure"];
                        /** @description Papers of trade: orders, cancellations, and adjustments of stock that name one. Not kept by product. */
                        documents?: components["schemas"]["Measure"];
                        /** @description Events that came after their minute was final, and corrected it. */
                        late?: components["schemas"]["Measure"];
                        /** @description Customers whose first trade with a store was then. Not kept by product. */
                        newCustomers?: components["schemas"]["Measure"];
                        /** @description Orders with at least one line sold or charged, at the time of their first line. Not kept by product. */
                        orders?: components["schemas"]["Measure"];
                        /** @description Refunds. */
                        refunds?: components["schemas"]["Measure"];
                        /** @description Times that a product ran out in a store. */
                        stockOuts?: components["schemas"]["Measure"];
                        /** @description Units sold. */
                        units?: components["schemas"]["Measure"];
                        /** @description Product pages seen. */
                        views?: components["schemas"]["Measure"];
                    };
                    money: {
                        [key: string]: {
                            /** @description Gross revenue less discounts, divided by orders, where all are in one currency. Not kept by product. */
                            averageOrderValue: components["schemas"]["Measure"];
                            /** @description Goods whose order was called off. */
                            cancelledAmount: components["schemas"]["Measure"];
                            /** @description The part of the charges that takes back earlier ones, below zero. */
                            chargeReversals: components["schemas"]["Measure"];
                            /** @description Money without goods: postage, fees, corrections. None is of a product. */
                            charges: components["schemas"]["Measure"];
                            /** @description Taken off at the sale. */
                            discounts: components["schemas"]["Measure"];
                            /** @description Gross revenue less discounts, refunds and cancellations. */
                            goodsRevenue: components["schemas"]["Measure"];
                            /** @description Goods sold, at the price asked, before discounts, refunds and cancellations. */
                            grossRevenue: components["schemas"]["Measure"];
                            /** @description Goods revenue and charges. */
                            netRevenue: components["schemas"]["Measure"];
                            /** @description Given back for goods. */
                            refundAmount: components["schemas"]["Measure"];
                            /** @description Tax that the sales stated. */
                            tax: components["schemas"]["Measure"];
                        };
                    };
                    window: components["schemas"]["Span"];
                } | null;
            };
        };
        JoinAnswer: {
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            email: string;
            /** @enum {string} */
            for: "invitation" | "reset";
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            merchant: string;
            name: string;
            /** @enum {string} */
            role: "owner" | "executive" | "store-manager" | "analyst" | "integrator";
        };
        JoinRequest: {
            /** @description From the link. */
            code: string;
            /** @description What people call them; as the invitation says if absent. */
            name?: string;
            /** @description Long enough for any phrase, and no longer than it takes to hash at once. */
            password: string;
        };
        /** @description Where each record of a shard went: accepted = applied + duplicate + held + discarded + pending. */
        LedgerLine: {
            accepted: number;
            applied: number;
            discarded: number;
            duplicate: number;
            held: number;
            pending: number;
            sequence: string;
            shard: number;
        };
        LinkAnswer: {
            path: string;
        };
        /** @description As `Span`, of a list. */
        ListSpan: {
            /** @description null: from the first that is kept on. */
            from: string | null;
            timeZone: string;
            /** Format: date-time */
            to: string;
        };
        /** @description For one connection, within `expiresAt` (RFC 3339): `/ws?ticket=…`. */
        LiveTicket: {
            expiresAt: string;
            ticket: string;
        };
        /** @description A figure beside the same span one day and one week earlier; null: it cannot be said (a ratio over nothing, not kept for such a scope, or not for just that span). */
        Measure: {
            dayEarlier: number | null;
            value: number | null;
            weekEarlier: number | null;
        };
        MerchantAnswer: {
            id: string;
            name: string;
        };
        /** @description `before`: its name when they looked; where somebody else has named it otherwise since, the change is refused. */
        MerchantChange: {
            /** @description What it was called when they looked: otherwise nothing is changed. */
            before?: string;
            /** @description What it is called from now on. */
            name: string;
        };
        MetricsAnswer: {
            /** @description Whether activeCustomers is exact; null where it cannot be said. */
            activeCustomersExact: boolean | null;
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            counts: {
                /** @description Carts with an id that were opened more than 30 minutes ago and never bought. Not kept by product. */
                abandonedCarts: components["schemas"]["Measure"];
                /** @description Different customers who bought. Exact up to 256, above that within 1.6 % (HyperLogLog). Not kept by product, nor by the minute for a store or region. */
                activeCustomers: components["schemas"]["Measure"];
                /** @description Orders of which something was called off. Not kept by product. */
                cancellations: components["schemas"]["Measure"];
                /** @description Carts opened. Not kept by product. */
                carts: components["schemas"]["Measure"];
                /** @description Products chosen from a list. */
                clicks: components["schemas"]["Measure"];
                /** @description Orders divided by product views. Not kept by product. */
                conversion: components["schemas"]["Measure"];
                /** @description Papers of trade: orders, cancellations, and adjustments of stock that name one. Not kept by product. */
                documents: components["schemas"]["Measure"];
                /** @description Events that came after their minute was final, and corrected it. */
                late: components["schemas"]["Measure"];
                /** @description Customers whose first trade with a store was then. Not kept by product. */
                newCustomers: components["schemas"]["Measure"];
                /** @description Orders with at least one line sold or charged, at the time of their first line. Not kept by product. */
                orders: components["schemas"]["Measure"];
                /** @description Refunds. */
                refunds: components["schemas"]["Measure"];
                /** @description Times that a product ran out in a store. */
                stockOuts: components["schemas"]["Measure"];
                /** @description Units sold. */
                units: components["schemas"]["Measure"];
                /** @description Product pages seen. */
                views: components["schemas"]["Measure"];
            };
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            /**
             * @description mock: nothing is connected, and the simulator sells.
             * @enum {string}
             */
            mode: "mock" | "live";
            /** @description By ISO 4217 code; sums of different currencies are never added. */
            money: {
                [key: string]: {
                    /** @description Gross revenue less discounts, divided by orders, where all are in one currency. Not kept by product. */
                    averageOrderValue: components["schemas"]["Measure"];
                    /** @description Goods whose order was called off. */
                    cancelledAmount: components["schemas"]["Measure"];
                    /** @description The part of the charges that takes back earlier ones, below zero. */
                    chargeReversals: components["schemas"]["Measure"];
                    /** @description Money without goods: postage, fees, corrections. None is of a product. */
                    charges: components["schemas"]["Measure"];
                    /** @description Taken off at the sale. */
                    discounts: components["schemas"]["Measure"];
                    /** @description Gross revenue less discounts, refunds and cancellations. */
                    goodsRevenue: components["schemas"]["Measure"];
                    /** @description Goods sold, at the price asked, before discounts, refunds and cancellations. */
                    grossRevenue: components["schemas"]["Measure"];
                    /** @description Goods revenue and charges. */
                    netRevenue: components["schemas"]["Measure"];
                    /** @description Given back for goods. */
                    refundAmount: components["schemas"]["Measure"];
                    /** @description Tax that the sales stated. */
                    tax: components["schemas"]["Measure"];
                };
            };
            /** @description Refunds of the span by reason. */
            refundReasons: {
                amounts: {
                    [key: string]: number;
                };
                count: number;
                /** @description Why. */
                reason: string;
            }[];
            /** @description With `currency` alone; null: amounts stay in the currencies in which they were paid. */
            reporting: components["schemas"]["ReportingMoney"] | null;
            /** @description What is counted: the whole merchant, or one store, region, category, brand or product. */
            scope: {
                by: string;
                key?: string;
            };
            /** @description The span of time an answer is about: [from, to), RFC 3339, and the zone whose days and hours it is cut by. */
            window: components["schemas"]["Span"];
        };
        /** @description `secret` is shown this once. */
        NewConnectionAnswer: {
            /** @description When the first delivery was accepted. */
            acceptedAt: string | null;
            createdAt: string;
            id: string;
            label: string;
            /** @description Where deliveries are sent. */
            path: string;
            /** @enum {string} */
            proof: "standard-webhooks" | "shopify" | "woocommerce" | "token" | "none";
            ratePerSecond: number;
            secret: string;
            source: string;
            /** @enum {string} */
            status: "waiting" | "active" | "paused" | "removed";
            /** @description The store, by its id. */
            storeId: string | null;
            /** @description How often it was changed. */
            version: number;
        };
        /** @description `secret` is shown this once. */
        NewNoticeWebhookAnswer: {
            /** @description Null: it is that of the setting `noticeWebhookUrl`. */
            createdAt: string | null;
            disabledAt: string | null;
            id: string;
            /** @description Whether what is sent to it is signed: all but that of the setting. */
            isSigned: boolean;
            label: string;
            secret: string;
            /**
             * @description disabled: its receiver answered 410. Remove it and add it again.
             * @enum {string}
             */
            status: "active" | "disabled";
            url: string;
        };
        NewTokenAnswer: {
            createdAt: string;
            expiresAt: string | null;
            id: string;
            label: string;
            origins: string[] | null;
            /** @description Whose it is. */
            person: string;
            /** @description null: everything that the person may. */
            scopes: string[] | null;
            stores: string[] | null;
            token: string;
            usedAt: string;
        };
        NoticeLogAnswer: {
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            items: components["schemas"]["NoticeLogItem"][];
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            next: string | null;
            /** @description What was sent in it. */
            window: components["schemas"]["ListSpan"];
        };
        NoticeLogItem: {
            at: string;
            /** @description From 1, without redeliveries; 0: nothing was tried. */
            attempt: number;
            /** @enum {string} */
            channel: "email" | "log" | "webhook";
            durationMs: number;
            error: string | null;
            /** @enum {string} */
            kind: "low-stock" | "out-of-stock" | "oversold" | "forecast-drift" | "run-failed" | "digest" | "test";
            nextAt: string | null;
            noticeId: string;
            /** @description Of its recipient, from 1. */
            number: number;
            /** @description What the receiver answered, in its protocol's numbers; null: nothing. */
            receiverStatus: number | null;
            /** @enum {string} */
            severity: "WARNING" | "CRITICAL";
            /**
             * @description taken; failed: it is tried again at `nextAt`, if it says when; given-up: it was the last time; refused: it never will be; gone: the receiver wants none any more; dropped: nobody is there who may have it.
             * @enum {string}
             */
            status: "taken" | "failed" | "given-up" | "refused" | "gone" | "dropped";
            subject: string;
            /**
             * @description By itself, or by hand: once more, or as a test.
             * @enum {string}
             */
            way: "delivery" | "redelivery" | "test";
        };
        /** @description One of them: a way to oneself, or a webhook of the merchant. */
        NoticeTestRequest: {
            /**
             * @description A way to oneself.
             * @enum {string}
             */
            channel?: "email" | "log";
            /** @description Id of a webhook. */
            webhook?: string;
        };
        NoticeWebhookItem: {
            /** @description Null: it is that of the setting `noticeWebhookUrl`. */
            createdAt: string | null;
            disabledAt: string | null;
            id: string;
            /** @description Whether what is sent to it is signed: all but that of the setting. */
            isSigned: boolean;
            label: string;
            /**
             * @description disabled: its receiver answered 410. Remove it and add it again.
             * @enum {string}
             */
            status: "active" | "disabled";
            url: string;
        };
        NoticeWebhookRequest: {
            /** @description What people call it; its host if absent. */
            label?: string;
            /**
             * Format: uri
             * @description An address, or on AWS the ARN of a topic of SNS.
             */
            url: string;
        };
        NoticeWebhooksAnswer: {
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            items: components["schemas"]["NoticeWebhookItem"][];
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
        };
        /** @description An order as its source states it, whole, in one version of it. What differs from the version before is booked: new lines and units are sold, lines and units that are gone are cancelled, changed prices are corrected. */
        OrderChanged: {
            /**
             * Format: date-time
             * @description When the source made this version; absent: when it happened. An older one than the newest that is known says nothing new, but for a price that is only estimated.
             */
            changedAt?: string;
            /** @description By which way it was sold, in the source’s words. */
            channel?: string;
            /** @description ISO 4217. */
            currency: string;
            /** @description Stands for a person; who it is, is known at the door alone. At the door: whatever identifies the person. */
            customer?: string;
            /** @description The whole order was called off. Lines are then as they were, or absent. */
            isCancelled: boolean;
            /** @description What it holds, each line once. */
            lines: {
                /** @description Of the whole line. */
                discountMinor?: number;
                /** @description The line within its order, the same in each version of it. */
                lineId: string;
                /** @description The product, by its id in the catalogue. */
                productId: string;
                /** @description Units. */
                quantity: number;
                /** @description An amount of money in the currency's minor units, e.g. cents. */
                taxMinor?: number;
                /** @description Absent: the source does not say; the catalogue's price stands in until a later version has it. */
                unitPriceMinor?: number;
            }[];
            /** @description The order, as its source names it. */
            orderId: string;
            /** @description How it was paid, in the source’s words. */
            paymentMethod?: string;
            /** @description Why it was changed or called off. */
            reason?: string;
        };
        /** @description An order was placed or changed: all that it holds now. */
        OrderChangedEvent: {
            /** @description What happened. */
            data: components["schemas"]["OrderChanged"];
            /** @description The sender’s own id of it; without one each document is new. */
            id?: string;
            /**
             * Format: date-time
             * @description When it happened, RFC 3339 with a zone; when it is taken if absent.
             */
            occurredAt?: string;
            /** @description Where it happened; of the catalogue and of rates any text, `-`. */
            storeId: string;
            /** @constant */
            type: "order.changed";
        };
        /** @description What was sold before it was given back; null: no order was named, or it is not remembered. */
        OriginalSale: {
            /**
             * Format: date-time
             * @description When the order was made.
             */
            at: string;
            /** @description From the order to the refund, in milliseconds. */
            betweenMs: number;
            currency: string | null;
            /** @description Of the sale among the transactions; null: it is no longer kept there (90 days). */
            id: string | null;
            paidMinor: number | null;
            /** @description What the order holds of the product: units, and what was paid for them. null: nothing is known of the product in it. */
            quantity: number | null;
        };
        PasswordChange: {
            /** @description Long enough for any phrase, and no longer than it takes to hash at once. */
            current?: string;
            /** @description Long enough for any phrase, and no longer than it takes to hash at once. */
            next: string;
        };
        PeopleAnswer: {
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            items: components["schemas"]["PersonItem"][];
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            next: string | null;
        };
        PersonChange: {
            /** @description What people call them. */
            name?: string;
            /**
             * @description As what they work here.
             * @enum {string}
             */
            role?: "owner" | "executive" | "store-manager" | "analyst" | "integrator";
            /** @description Those that they see; null: all. */
            stores?: string[] | null;
            /** @description The one that was seen; `If-Match` may say it in its place. */
            version?: number;
        };
        PersonItem: {
            /** @description RFC 3339; null: the owner was always there. */
            createdAt: string | null;
            /** @description null: the owner of a machine has not said. */
            email: string | null;
            id: string;
            name: string;
            /** @enum {string} */
            role: "owner" | "executive" | "store-manager" | "analyst" | "integrator";
            /** @enum {string} */
            status: "invited" | "active";
            /** @description null: all. */
            stores: string[] | null;
            version: number;
        };
        PosInventory: {
            /** @description The movement: one that bears the same is the same. */
            inventory_id: string;
            /** @description The level there is now, which counts over the change. */
            new_quantity?: number | null;
            /** @description The product, by its id in the catalogue. */
            product_id: string;
            /** @description Units; below zero there are fewer than before. */
            quantity_change: number;
            /** @description Why there are more or fewer. */
            reason?: string | null;
            /** @description The store, by its id. */
            store_id: string;
            /**
             * Format: date-time
             * @description RFC 3339, with a zone.
             */
            timestamp: string;
        };
        PosRefund: {
            /** @description ISO 4217. */
            currency?: string;
            /** @description Stands for a person; who it is, is known at the door alone. At the door: whatever identifies the person. */
            customer_id?: string | null;
            /** @description The sale that it gives back. */
            original_transaction_id?: string | null;
            /** @description The product, by its id in the catalogue. */
            product_id: string;
            /** @description Units; as many as the amount pays for, at least one, if absent. */
            quantity?: number;
            /** @description Why it came back. */
            reason?: string | null;
            /** @description An amount as providers state it: 999, 9.99, "9.99". */
            refund_amount: number | string;
            /** @description The refund: one that bears the same is the same. */
            refund_id: string;
            /** @description The store, by its id. */
            store_id: string;
            /**
             * Format: date-time
             * @description RFC 3339, with a zone.
             */
            timestamp: string;
        };
        PostCollectRequest: {
            /** @description Documents, each answered by itself, in this order. */
            events: (components["schemas"]["OrderChangedEvent"] | components["schemas"]["SaleRecordedEvent"] | components["schemas"]["SaleCancelledEvent"] | components["schemas"]["SaleRefundedEvent"] | components["schemas"]["ChargeRecordedEvent"] | components["schemas"]["StockReceivedEvent"] | components["schemas"]["StockAdjustedEvent"] | components["schemas"]["StockCountedEvent"] | components["schemas"]["StockItemCountedEvent"] | components["schemas"]["ProductViewedEvent"] | components["schemas"]["ProductClickedEvent"] | components["schemas"]["CartChangedEvent"] | components["schemas"]["CheckoutCompletedEvent"] | components["schemas"]["CampaignShownEvent"] | components["schemas"]["CampaignClickedEvent"] | components["schemas"]["CampaignSpentEvent"] | components["schemas"]["ProductListedEvent"] | components["schemas"]["StoreListedEvent"] | components["schemas"]["PriceChangedEvent"] | components["schemas"]["CompetitorPriceObservedEvent"] | components["schemas"]["PurchaseOrderPlacedEvent"] | components["schemas"]["PurchaseOrderReceivedEvent"] | components["schemas"]["RateRecordedEvent"] | components["schemas"]["PosTransaction"] | components["schemas"]["PosRefund"] | components["schemas"]["PosInventory"])[];
        };
        PostCustomersForgetAnswer: {
            areDocumentsSearched: boolean;
            at: string;
            by: string;
            deleted: {
                deliveries: number;
                heldDocuments: number;
                mappings: number;
            };
            id: string;
        };
        PostModelsDemandPromoteAnswer: {
            /** Format: date-time */
            asOf: string;
            lagMs: number;
            serving: {
                baseline: string;
                since: string | null;
                version: string | null;
            };
            version: number;
        };
        PosTransaction: {
            /** @description Of the whole line; or unit_price and quantity. Where all are stated, the amount is what was paid. */
            amount?: number | string;
            /** @description ISO 4217. */
            currency?: string;
            /** @description Stands for a person; who it is, is known at the door alone. At the door: whatever identifies the person. */
            customer_id?: string | null;
            /** @description How it was paid, in the source’s words. */
            payment_method?: string | null;
            /** @description The product, by its id in the catalogue. */
            product_id: string;
            /** @description Units. */
            quantity?: number;
            /** @description The store, by its id. */
            store_id: string;
            /**
             * Format: date-time
             * @description RFC 3339, with a zone.
             */
            timestamp: string;
            /** @description The sale: one that bears the same is the same. */
            transaction_id: string;
            /** @description An amount as providers state it: 999, 9.99, "9.99". */
            unit_price?: number | string;
        };
        PostReordersByIdAcceptAnswer: {
            eventIds: string[];
            item: components["schemas"]["ReorderItem"];
            /** @description The order to the supplier, by a name of your own. */
            purchaseOrderId: string;
            repeat: boolean;
        };
        PostRunsAnswer: {
            askedAt: string;
            askedBy: string;
            /** Format: date-time */
            asOf: string;
            attempt: number;
            chain: string;
            checks: {
                failed: number;
                passed: number;
                skipped: number;
                warned: number;
            } | null;
            date: string;
            endedAt: string | null;
            failure: {
                cause: string;
                error: string;
                state: string | null;
            } | null;
            from: string | null;
            id: string;
            isResumable: boolean;
            lagMs: number;
            retryAt: string | null;
            shape: {
                states: {
                    about: string;
                    kind: string;
                    name: string;
                }[];
                steps: {
                    from: string;
                    onFailure: boolean;
                    to: string;
                }[];
            } | null;
            shown: string | null;
            startedAt: string | null;
            states: {
                about: {
                    [key: string]: unknown;
                };
                endedAt: string | null;
                failure: {
                    cause: string;
                    error: string;
                } | null;
                name: string;
                rowsIn: number | null;
                rowsOut: number | null;
                startedAt: string | null;
                /** @enum {string} */
                status: "waiting" | "running" | "succeeded" | "failed";
                tasks: number;
                tries: number;
            }[];
            /** @enum {string} */
            status: "waiting" | "running" | "succeeded" | "failed";
            wrong: {
                bound: number | null;
                check: string;
                day: string;
                measured: number | null;
                /** @enum {string} */
                outcome: "passed" | "failed" | "warned" | "skipped";
                /** @enum {string} */
                severity: "hard" | "soft";
                table: string;
            }[];
        };
        PostSignInCodesAnswer: {
            code: string;
        };
        /** @description Of the rows of stock that were looked at: `next` goes on with the others. */
        PreviewAnswer: {
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            eases: {
                count: number;
                items: components["schemas"]["PreviewItem"][];
            };
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            /** @description How many rows of stock this answer is about. */
            looked: number;
            next: string | null;
            opens: {
                count: number;
                items: components["schemas"]["PreviewItem"][];
            };
            resolves: {
                count: number;
                items: components["schemas"]["PreviewItem"][];
            };
            worsens: {
                count: number;
                items: components["schemas"]["PreviewItem"][];
            };
        };
        PreviewItem: {
            after: {
                /** @enum {string} */
                kind: "LOW_STOCK" | "OUT_OF_STOCK" | "OVERSOLD";
                /** @enum {string} */
                severity: "WARNING" | "CRITICAL";
            } | null;
            /** @description The alert that is open, and that there would be; null: none. */
            before: {
                /** @enum {string} */
                kind: "LOW_STOCK" | "OUT_OF_STOCK" | "OVERSOLD";
                /** @enum {string} */
                severity: "WARNING" | "CRITICAL";
            } | null;
            daysOfCover: number | null;
            onHand: number;
            /** @description The product, by its id in the catalogue. */
            productId: string;
            /** @description The store, by its id. */
            storeId: string;
            storeName: string | null;
            title: string | null;
            unitsPerDay: number;
        };
        /** @description No `value`: its default, or what counts where nothing is decided of the category or product. */
        PreviewRequest: {
            /** @description Of products of one category alone. */
            category?: string;
            /**
             * @description Which threshold.
             * @enum {string}
             */
            name: "lowStockWarningDays" | "lowStockCriticalDays" | "alertHysteresis";
            /** @description Where to go on: the `next` of the answer before. */
            next?: string;
            /** @description Of one product alone. */
            productId?: string;
            /** @description What it would be. */
            value?: number;
        };
        PriceChanged: {
            /** @description ISO 4217. */
            currency: string;
            /** @description An amount of money in the currency's minor units, e.g. cents. */
            priceMinor: number;
            /** @description The product, by its id in the catalogue. */
            productId: string;
        };
        /** @description A product sells at another price from now on. */
        PriceChangedEvent: {
            /** @description What happened. */
            data: components["schemas"]["PriceChanged"];
            /** @description The sender’s own id of it; without one each document is new. */
            id?: string;
            /**
             * Format: date-time
             * @description When it happened, RFC 3339 with a zone; when it is taken if absent.
             */
            occurredAt?: string;
            /** @description Where it happened; of the catalogue and of rates any text, `-`. */
            storeId: string;
            /** @constant */
            type: "price.changed";
        };
        /** @description RFC 9457, with every field that was wrong. */
        ProblemDocument: {
            detail?: string;
            /** @description With 409: what is there, as a question would show it. */
            present?: {
                [key: string]: unknown;
            };
            /** @description Dotted path of each wrong field in what was sent, and why. */
            problems?: {
                field: string;
                message: string;
            }[];
            status: number;
            title: string;
            type: string;
        };
        ProductClicked: {
            /** @description By which way it was seen, in the source’s words. */
            channel?: string;
            /** @description Stands for a person; who it is, is known at the door alone. At the door: whatever identifies the person. */
            customer?: string;
            /** @description The product, by its id in the catalogue. */
            productId: string;
            /** @description The visit, as the storefront names it. */
            sessionId?: string;
        };
        /** @description Somebody chose a product from a list. */
        ProductClickedEvent: {
            /** @description What happened. */
            data: components["schemas"]["ProductClicked"];
            /** @description The sender’s own id of it; without one each document is new. */
            id?: string;
            /**
             * Format: date-time
             * @description When it happened, RFC 3339 with a zone; when it is taken if absent.
             */
            occurredAt?: string;
            /** @description Where it happened; of the catalogue and of rates any text, `-`. */
            storeId: string;
            /** @constant */
            type: "product.clicked";
        };
        ProductFiguresAnswer: {
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            /** @description The span that `earlier` of each product is about. */
            earlier: components["schemas"]["Span"] | null;
            /** @description Products of which anything was booked in either span, by id. */
            items: {
                brand: string | null;
                cancelledUnits: number;
                category: string | null;
                /** @description The same of the earlier span; null: none was asked for, or its cells do not make up just that span. */
                earlier: components["schemas"]["ProductSums"] | null;
                /** @description The last date of the window on which any was sold, by the days of the window's zone; null: none was, or it is not kept. */
                lastSoldOn: string | null;
                /** @description By ISO 4217 code, in minor units; null: too much to be said exactly. */
                money: {
                    [key: string]: {
                        cancelledAmount: number | null;
                        discounts: number | null;
                        goodsRevenue: number | null;
                        grossRevenue: number | null;
                        refundAmount: number | null;
                    };
                };
                /** @description The product, by its id in the catalogue. */
                productId: string;
                refundedUnits: number;
                refunds: number;
                title: string | null;
                units: number;
            }[];
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            next: string | null;
            /** @description The span of time an answer is about: [from, to), RFC 3339, and the zone whose days and hours it is cut by. */
            window: components["schemas"]["Span"];
        };
        /** @description What a merchant says about a product. A later listing replaces an earlier one whole, where it is not partial. */
        ProductListed: {
            /** @description Other names that sources have for it, such as the number of a stock item. */
            aliases?: string[];
            /** @description An amount of money in the currency's minor units, e.g. cents. */
            basePriceMinor?: number;
            /** @description Whose make it is. */
            brand?: string;
            /** @description What it is among: figures, settings and searches go by it. */
            category?: string;
            /** @description ISO 4217. */
            currency?: string;
            /**
             * @description What is absent stays as it was: the source does not know all that the merchant says of the product.
             * @constant
             */
            isPartial?: true;
            /** @description Its supplier takes no order of fewer units. */
            minOrder?: number;
            /** @description It is ordered in packs of so many units. */
            packSize?: number;
            /** @description The product, by its id in the catalogue. */
            productId: string;
            /** @description For so many days it can be sold. */
            shelfLifeDays?: number;
            /** @description What it is among within its category. */
            subCategory?: string;
            /** @description The supplier, by a name of your own. */
            supplierId?: string;
            /** @description What it is called. */
            title: string;
            /** @description An amount of money in the currency's minor units, e.g. cents. */
            unitCostMinor?: number;
        };
        /** @description A product entered the catalogue, or its entry changed. */
        ProductListedEvent: {
            /** @description What happened. */
            data: components["schemas"]["ProductListed"];
            /** @description The sender’s own id of it; without one each document is new. */
            id?: string;
            /**
             * Format: date-time
             * @description When it happened, RFC 3339 with a zone; when it is taken if absent.
             */
            occurredAt?: string;
            /** @description Where it happened; of the catalogue and of rates any text, `-`. */
            storeId: string;
            /** @constant */
            type: "product.listed";
        };
        ProductsAnswer: {
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            items: components["schemas"]["ProductListed"][];
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            next: string | null;
        };
        ProductSettingsAnswer: {
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            items: components["schemas"]["ProductSettingsItem"][];
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            next: string | null;
        };
        ProductSettingsItem: {
            category: string | null;
            /** @description The product, by its id in the catalogue. */
            productId: string;
            /** @description Null: nobody has listed it. */
            title: string | null;
            /** @description What is decided of this product, by the names of settings. */
            values: {
                [key: string]: string | number | boolean;
            };
        };
        /** @description What was booked of one product; charges belong to none, so goods revenue is its net. */
        ProductSums: {
            cancelledUnits: number;
            /** @description By ISO 4217 code, in minor units; null: too much to be said exactly. */
            money: {
                [key: string]: {
                    cancelledAmount: number | null;
                    discounts: number | null;
                    goodsRevenue: number | null;
                    grossRevenue: number | null;
                    refundAmount: number | null;
                };
            };
            refundedUnits: number;
            refunds: number;
            units: number;
        };
        ProductViewed: {
            /** @description By which way it was seen, in the source’s words. */
            channel?: string;
            /** @description Stands for a person; who it is, is known at the door alone. At the door: whatever identifies the person. */
            customer?: string;
            /** @description The product, by its id in the catalogue. */
            productId: string;
            /** @description The visit, as the storefront names it. */
            sessionId?: string;
        };
        /** @description Somebody looked at a product. */
        ProductViewedEvent: {
            /** @description What happened. */
            data: components["schemas"]["ProductViewed"];
            /** @description The sender’s own id of it; without one each document is new. */
            id?: string;
            /**
             * Format: date-time
             * @description When it happened, RFC 3339 with a zone; when it is taken if absent.
             */
            occurredAt?: string;
            /** @description Where it happened; of the catalogue and of rates any text, `-`. */
            storeId: string;
            /** @constant */
            type: "product.viewed";
        };
        PromoteRequest: {
            /** @description As `GET /models/demand` names it; null: none, but the simple method. */
            version: string | null;
        };
        PurchaseOrderPlaced: {
            /** @description ISO 4217. */
            currency?: string;
            /** @description A local date, YYYY-MM-DD. */
            expectedOn?: string;
            /** @description The product, by its id in the catalogue. */
            productId: string;
            /** @description The order to the supplier, by a name of your own. */
            purchaseOrderId: string;
            /** @description Units. */
            quantity: number;
            /** @description The supplier, by a name of your own. */
            supplierId: string;
            /** @description An amount of money in the currency's minor units, e.g. cents. */
            unitCostMinor?: number;
        };
        /** @description Goods were ordered from a supplier. */
        PurchaseOrderPlacedEvent: {
            /** @description What happened. */
            data: components["schemas"]["PurchaseOrderPlaced"];
            /** @description The sender’s own id of it; without one each document is new. */
            id?: string;
            /**
             * Format: date-time
             * @description When it happened, RFC 3339 with a zone; when it is taken if absent.
             */
            occurredAt?: string;
            /** @description Where it happened; of the catalogue and of rates any text, `-`. */
            storeId: string;
            /** @constant */
            type: "purchase-order.placed";
        };
        /** @description A delivery against a purchase order; the stock itself moves by `stock.received`. */
        PurchaseOrderReceived: {
            /** @description The product, by its id in the catalogue. */
            productId: string;
            /** @description The order to the supplier, by a name of your own. */
            purchaseOrderId: string;
            /** @description Units. */
            quantity: number;
            /** @description The supplier, by a name of your own. */
            supplierId: string;
        };
        /** @description A supplier delivered. */
        PurchaseOrderReceivedEvent: {
            /** @description What happened. */
            data: components["schemas"]["PurchaseOrderReceived"];
            /** @description The sender’s own id of it; without one each document is new. */
            id?: string;
            /**
             * Format: date-time
             * @description When it happened, RFC 3339 with a zone; when it is taken if absent.
             */
            occurredAt?: string;
            /** @description Where it happened; of the catalogue and of rates any text, `-`. */
            storeId: string;
            /** @constant */
            type: "purchase-order.received";
        };
        QualityAnswer: {
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            /** @description Whether the ledger's equation holds on every line. */
            balanced: boolean;
            disk: {
                freeBytes: number;
                usedBytes: number;
            } | null;
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            lastSeal: {
                name: string;
                sealedAt: string;
            } | null;
            /** @description Late events of `window`, the last seven days; null: more than a number can say. */
            late: number | null;
            /** @description Of everything that the engine takes; null: it takes other merchants' too, and the viewer does not run it. So are `repeatsAtDoor`, `lastSeal` and `disk`. */
            ledger: components["schemas"]["LedgerLine"][] | null;
            /** @description Repeats turned away at the door since the engine started. */
            repeatsAtDoor: number | null;
            unlistedProducts: {
                count: number;
                first: {
                    id: string;
                    since: string;
                }[];
            };
            unlistedStores: {
                count: number;
                first: {
                    id: string;
                    since: string;
                }[];
            };
            /** @description The span of time an answer is about: [from, to), RFC 3339, and the zone whose days and hours it is cut by. */
            window: components["schemas"]["Span"];
        };
        QuarantineAnswer: {
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            items: components["schemas"]["HeldItem"][];
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            next: string | null;
        };
        /** @description How two currencies stood to each other on a day. The last word about a day counts. */
        RateRecorded: {
            /** @description So many units (`rate`) of this currency ... */
            currency: string;
            /** @description The day that it is of. */
            date: string;
            /** @description ... were one unit of this: 1.0832 USD per EUR. */
            per: string;
            /** @description Decimal text above 0, which stays exact: at most 12 digits on either side of the point. */
            rate: string;
            /** @description Who says so. */
            source?: string;
        };
        /** @description The exchange rate of a day became known. */
        RateRecordedEvent: {
            /** @description What happened. */
            data: components["schemas"]["RateRecorded"];
            /** @description The sender’s own id of it; without one each document is new. */
            id?: string;
            /**
             * Format: date-time
             * @description When it happened, RFC 3339 with a zone; when it is taken if absent.
             */
            occurredAt?: string;
            /** @description Where it happened; of the catalogue and of rates any text, `-`. */
            storeId: string;
            /** @constant */
            type: "rate.recorded";
        };
        /** @description What the door answered to a redelivery or a test. */
        RedeliveryAnswer: {
            answer: string;
            status: number;
        };
        RefundsAnswer: {
            amounts: {
                [key: string]: number | null;
            };
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            /** @description How many refunds the window has, and what was given back by ISO 4217 code in minor units; null: unknown. */
            count: number | null;
            /** @description Those of the window, newest first: what came in during the last 400 days. A page of a category may be shorter than asked for. */
            items: {
                acceptedAt: string;
                amountMinor: number;
                brand?: string | null;
                category?: string | null;
                channel: string | null;
                city?: string | null;
                currency: string;
                customer: string | null;
                discountMinor: number;
                /** @description The source has not said the price yet: it is the catalogue's. */
                estimated: boolean;
                id: string;
                /** @enum {string} */
                kind: "sale" | "cancellation" | "refund" | "charge" | "correction";
                /** @description The source's own words for it: of a refund whose reason is `other`, of a charge. */
                note: string | null;
                occurredAt: string;
                /** @description The order, as its source names it. */
                orderId: string | null;
                /** @description How it was paid, in the source’s words. */
                paymentMethod: string | null;
                /** @description The product, by its id in the catalogue. */
                productId: string | null;
                /** @description Units. */
                quantity: number;
                /** @description Why. */
                reason: string | null;
                region?: string | null;
                /** @description What was sold before it was given back; null: no order was named, or it is not remembered. */
                sale: components["schemas"]["OriginalSale"] | null;
                source: string;
                /** @description The store, by its id. */
                storeId: string;
                storeName: string | null;
                title: string | null;
            }[];
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            next: string | null;
            /** @description The same by reason. */
            reasons: {
                amounts: {
                    [key: string]: number;
                };
                count: number;
                /** @description Why. */
                reason: string;
            }[];
            /** @description The span of time an answer is about: [from, to), RFC 3339, and the zone whose days and hours it is cut by. */
            window: components["schemas"]["Span"];
        };
        RefundStatisticsAnswer: {
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            byReason: {
                linked: number;
                /** @description Half of the linked ones came sooner, and nine of ten; in milliseconds. null: none is linked. */
                medianMs: number | null;
                p90Ms: number | null;
                /** @description Why. */
                reason: string;
                /** @description Refunds, and those of them whose order is known. */
                refunds: number;
            }[];
            complete: boolean;
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            linked: number;
            /** @description Half of the linked ones came sooner, and nine of ten; in milliseconds. null: none is linked. */
            medianMs: number | null;
            p90Ms: number | null;
            /** @description Of how many refunds the times are: the newest of the window, all of them unless there are more than 5,000. */
            read: number;
            /** @description Refunds, and those of them whose order is known. */
            refunds: number;
            /** @description The span of time an answer is about: [from, to), RFC 3339, and the zone whose days and hours it is cut by. */
            window: components["schemas"]["Span"];
        };
        ReorderAcceptance: {
            /** @description Units to order; as proposed if absent. */
            quantity?: number;
            /** @description The one that was seen; `If-Match` may say it in its place. */
            version?: number;
        };
        ReorderAnswer: {
            /** @description On average. */
            arrivesOn: string;
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            costMinor: number | null;
            /** @description Days that shelf, way and this order are expected to last; at most 90. */
            coverDays: number;
            currency: string;
            decision: {
                at: string;
                by: string;
                /** @description The order to the supplier, by a name of your own. */
                purchaseOrderId: string | null;
                /** @description Units. */
                quantity: number | null;
                /** @description Why. */
                reason: string | null;
                until: string | null;
            } | null;
            id: string;
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            /** @description The sum behind it, line by line. */
            lines: {
                /** @description Of `lead-days`: how many orders it was learnt from. */
                orders?: number;
                /**
                 * @description Of `service-level`: whose it is.
                 * @enum {string}
                 */
                productClass?: "AX" | "AY" | "AZ" | "BX" | "BY" | "BZ" | "CX" | "CY" | "CZ";
                /**
                 * @description `share`: 0 to 1; `minor`: money in minor units.
                 * @enum {string}
                 */
                unit: "units" | "days" | "share" | "minor";
                value: number;
                /**
                 * @description Where the number comes from.
                 * @enum {string}
                 */
                what: "service-level" | "review-days" | "cycle-days" | "lead-days" | "demand-over-lead" | "demand-over-protection" | "reorder-point" | "order-up-to" | "on-hand" | "wanted-today" | "inbound" | "lost-before-arrival" | "needed" | "minimum-order" | "pack-size" | "room" | "sold-in-time" | "after-limits" | "quantity" | "unit-cost" | "cost";
            }[];
            madeOn: string;
            /** @description When it was first proposed, and by which morning's figures it stands. */
            openedOn: string;
            orderOn: string;
            orderUpTo: number;
            /** @description The product, by its id in the catalogue. */
            productId: string;
            /** @description Units to order. */
            quantity: number;
            /** @description Units on the shelf and on the way below which to order, and up to which. */
            reorderPoint: number;
            /** @enum {string} */
            state: "open" | "snoozed" | "accepted" | "dismissed";
            /** @description Chance, 0 to 1, that the shelf is empty before this order arrives. */
            stockoutChance: number;
            /** @description The store, by its id. */
            storeId: string;
            storeName: string | null;
            /** @description What of the same kind the store has to spare. */
            substitutes: {
                /** @description The product, by its id in the catalogue. */
                productId: string;
                title: string | null;
            }[];
            /** @description The supplier, by a name of your own. */
            supplierId: string;
            title: string | null;
            /** @description Money at cost, in minor units; null: nobody has said what the product costs. */
            unitCostMinor: number | null;
            /** @description Counts changes: a decision names the one that was seen. */
            version: number;
        };
        ReorderDismissal: {
            /** @description Why it is not wanted, for whoever asks later. */
            reason: string;
            /** @description The one that was seen; `If-Match` may say it in its place. */
            version?: number;
        };
        ReorderItem: {
            /** @description On average. */
            arrivesOn: string;
            costMinor: number | null;
            /** @description Days that shelf, way and this order are expected to last; at most 90. */
            coverDays: number;
            currency: string;
            decision: {
                at: string;
                by: string;
                /** @description The order to the supplier, by a name of your own. */
                purchaseOrderId: string | null;
                /** @description Units. */
                quantity: number | null;
                /** @description Why. */
                reason: string | null;
                until: string | null;
            } | null;
            id: string;
            madeOn: string;
            /** @description When it was first proposed, and by which morning's figures it stands. */
            openedOn: string;
            orderOn: string;
            orderUpTo: number;
            /** @description The product, by its id in the catalogue. */
            productId: string;
            /** @description Units to order. */
            quantity: number;
            /** @description Units on the shelf and on the way below which to order, and up to which. */
            reorderPoint: number;
            /** @enum {string} */
            state: "open" | "snoozed" | "accepted" | "dismissed";
            /** @description Chance, 0 to 1, that the shelf is empty before this order arrives. */
            stockoutChance: number;
            /** @description The store, by its id. */
            storeId: string;
            storeName: string | null;
            /** @description The supplier, by a name of your own. */
            supplierId: string;
            title: string | null;
            /** @description Money at cost, in minor units; null: nobody has said what the product costs. */
            unitCostMinor: number | null;
            /** @description Counts changes: a decision names the one that was seen. */
            version: number;
        };
        ReorderReasonsAnswer: {
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            items: {
                lines: {
                    /** @description Of `lead-days`: how many orders it was learnt from. */
                    orders?: number;
                    /**
                     * @description Of `service-level`: whose it is.
                     * @enum {string}
                     */
                    productClass?: "AX" | "AY" | "AZ" | "BX" | "BY" | "BZ" | "CX" | "CY" | "CZ";
                    /**
                     * @description `share`: 0 to 1; `minor`: money in minor units.
                     * @enum {string}
                     */
                    unit: "units" | "days" | "share" | "minor";
                    value: number;
                    /**
                     * @description Where the number comes from.
                     * @enum {string}
                     */
                    what: "service-level" | "review-days" | "cycle-days" | "lead-days" | "demand-over-lead" | "demand-over-protection" | "reorder-point" | "order-up-to" | "on-hand" | "wanted-today" | "inbound" | "lost-before-arrival" | "needed" | "minimum-order" | "pack-size" | "room" | "sold-in-time" | "after-limits" | "quantity" | "unit-cost" | "cost";
                }[];
                /** @description Of `enough`: when stock is expected to fall below the reorder point. */
                orderOn: string | null;
                /** @description The proposal that there is, or what was decided last. */
                proposal: {
                    id: string;
                    /** @enum {string} */
                    state: "open" | "snoozed" | "accepted" | "dismissed";
                } | null;
                /**
                 * @description Why.
                 * @enum {string}
                 */
                reason: "proposed" | "no-morning" | "stock-unknown" | "no-supplier" | "no-forecast" | "no-demand" | "enough" | "no-room" | "would-spoil" | "cost-unknown" | "over-budget" | "store-full" | "decided";
                /** @description The store, by its id. */
                storeId: string;
                storeName: string | null;
            }[];
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            /** @description When proposals were last made, and the first day of the forecasts that they go by. */
            morning: {
                at: string;
                forecastsOf: string;
                madeOn: string;
            } | null;
            /** @description The product, by its id in the catalogue. */
            productId: string;
            title: string | null;
        };
        ReordersAnswer: {
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            items: components["schemas"]["ReorderItem"][];
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            /** @description null: none were made yet. */
            morning: {
                at: string;
                forecastsOf: string;
                madeOn: string;
            } | null;
            next: string | null;
            suppliers: {
                costMinor: number;
                currency: string;
                proposals: number;
                /** @description The supplier, by a name of your own. */
                supplierId: string;
                units: number;
                /** @description Proposals of which nobody has said what the product costs: they are not in the sum. */
                withoutCost: number;
            }[];
        };
        ReorderSnooze: {
            /** @description Why it waits, for whoever asks later. */
            reason: string;
            /** @description The day on which it is open again, by the merchant's clock: after today, at most 90 days from it. */
            until: string;
            /** @description The one that was seen; `If-Match` may say it in its place. */
            version?: number;
        };
        /** @description `document`: the text to try in its place. */
        ReplayRequest: {
            /** @description The text to try in its place; the one that is kept if absent. */
            document?: string;
        };
        /** @description All money in one currency, each business day at the rate of that day or the last one before it. */
        ReportingMoney: {
            currency: string;
            /** @description Without what is `unconverted`; an earlier span of which anything is, is null. */
            money: {
                /** @description Gross revenue less discounts, divided by orders, where all are in one currency. Not kept by product. */
                averageOrderValue: components["schemas"]["Measure"];
                /** @description Goods whose order was called off. */
                cancelledAmount: components["schemas"]["Measure"];
                /** @description The part of the charges that takes back earlier ones, below zero. */
                chargeReversals: components["schemas"]["Measure"];
                /** @description Money without goods: postage, fees, corrections. None is of a product. */
                charges: components["schemas"]["Measure"];
                /** @description Taken off at the sale. */
                discounts: components["schemas"]["Measure"];
                /** @description Gross revenue less discounts, refunds and cancellations. */
                goodsRevenue: components["schemas"]["Measure"];
                /** @description Goods sold, at the price asked, before discounts, refunds and cancellations. */
                grossRevenue: components["schemas"]["Measure"];
                /** @description Goods revenue and charges. */
                netRevenue: components["schemas"]["Measure"];
                /** @description Given back for goods. */
                refundAmount: components["schemas"]["Measure"];
                /** @description Tax that the sales stated. */
                tax: components["schemas"]["Measure"];
            };
            /** @description Rates that were used, as they were recorded: so many units of `currency` were one unit of `per`. */
            rates: {
                currency: string;
                date: string;
                per: string;
                rate: string;
                source: string | null;
            }[];
            /** @description Amounts of which no rate is known on or before their day, by currency, from the first such day to the last. */
            unconverted: {
                currency: string;
                from: string;
                netRevenue: number | null;
                to: string;
            }[];
        };
        /** @description `secret` is shown this once. */
        RotateAnswer: {
            id: string;
            secret: string;
            version: number;
        };
        RotateRequest: {
            /** @description How long the secret before it still counts; 24 if absent. */
            overlapHours?: number;
            /** @description Where the provider made it; else one is made. */
            secret?: string;
        };
        RunRequest: {
            /** @description Its name: `nightly`, `forecasts`, `weekly`. */
            chain: string;
            /** @description The last day that is over if absent; with it, that day is made though nothing has come for it. */
            date?: string;
            /** @description The state to begin at, of the run that was asked for last: what those before it have answered stays. */
            from?: string;
        };
        /** @description An order line was called off before it counted as returned: goods are back in stock, money is back with the customer. */
        SaleCancelled: {
            /** @description ISO 4217. */
            currency?: string;
            /** @description Stands for a person; who it is, is known at the door alone. At the door: whatever identifies the person. */
            customer?: string;
            /** @description The order, as its source names it. */
            orderId: string;
            /** @description The product, by its id in the catalogue. */
            productId: string;
            /** @description Units. */
            quantity: number;
            /** @description Why it was called off. */
            reason?: string;
            /** @description Absent: the price at which the order sold it, which must then be known. */
            unitPriceMinor?: number;
        };
        /** @description One line of an order was called off. */
        SaleCancelledEvent: {
            /** @description What happened. */
            data: components["schemas"]["SaleCancelled"];
            /** @description The sender’s own id of it; without one each document is new. */
            id?: string;
            /**
             * Format: date-time
             * @description When it happened, RFC 3339 with a zone; when it is taken if absent.
             */
            occurredAt?: string;
            /** @description Where it happened; of the catalogue and of rates any text, `-`. */
            storeId: string;
            /** @constant */
            type: "sale.cancelled";
        };
        /** @description Goods left a shop against money. Source: POS, storefront or marketplace order line. */
        SaleRecorded: {
            /** @description By which way it was sold, in the source’s words. */
            channel?: string;
            /** @description ISO 4217. */
            currency: string;
            /** @description Stands for a person; who it is, is known at the door alone. At the door: whatever identifies the person. */
            customer?: string;
            /** @description Of the whole line. */
            discountMinor?: number;
            /** @description Which line of how many, where the source numbers them. */
            line?: number;
            /** @description How many lines the order has. */
            lines?: number;
            /** @description The order, as its source names it. */
            orderId: string;
            /** @description How it was paid, in the source’s words. */
            paymentMethod?: string;
            /** @description The product, by its id in the catalogue. */
            productId: string;
            /** @description Units. */
            quantity: number;
            /** @description An amount of money in the currency's minor units, e.g. cents. */
            taxMinor?: number;
            /** @description An amount of money in the currency's minor units, e.g. cents. */
            unitPriceMinor: number;
        };
        /** @description One line of an order was sold. */
        SaleRecordedEvent: {
            /** @description What happened. */
            data: components["schemas"]["SaleRecorded"];
            /** @description The sender’s own id of it; without one each document is new. */
            id?: string;
            /**
             * Format: date-time
             * @description When it happened, RFC 3339 with a zone; when it is taken if absent.
             */
            occurredAt?: string;
            /** @description Where it happened; of the catalogue and of rates any text, `-`. */
            storeId: string;
            /** @constant */
            type: "sale.recorded";
        };
        /** @description Money went back for goods that had been sold. Whether the goods are stock again is the merchant's policy for the reason. */
        SaleRefunded: {
            /** @description Of the whole refund. Absent: quantity times the order's price, which must then be known. */
            amountMinor?: number;
            /** @description ISO 4217. */
            currency?: string;
            /** @description Stands for a person; who it is, is known at the door alone. At the door: whatever identifies the person. */
            customer?: string;
            /** @description The source’s own words, where the reason is `other`. */
            note?: string;
            /** @description The order, as its source names it. */
            orderId?: string;
            /** @description The product, by its id in the catalogue. */
            productId: string;
            /** @description Absent: as many as the amount pays for at the order's price, at least one. */
            quantity?: number;
            /**
             * @description Why it came back, which decides whether it is stock again.
             * @enum {string}
             */
            reason: "defective" | "wrong_item" | "not_as_described" | "changed_mind" | "damaged_shipping" | "other";
            /** @description The refund, as its source names it: one that bears the same is the same. */
            refundId: string;
        };
        /** @description Goods came back, or money went back for them. */
        SaleRefundedEvent: {
            /** @description What happened. */
            data: components["schemas"]["SaleRefunded"];
            /** @description The sender’s own id of it; without one each document is new. */
            id?: string;
            /**
             * Format: date-time
             * @description When it happened, RFC 3339 with a zone; when it is taken if absent.
             */
            occurredAt?: string;
            /** @description Where it happened; of the catalogue and of rates any text, `-`. */
            storeId: string;
            /** @constant */
            type: "sale.refunded";
        };
        SeriesAnswer: {
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            /** @enum {string} */
            bucket: "minute" | "quarter" | "hour" | "day" | "month" | "span";
            buckets: {
                /** @description Late events have changed it after it was final. */
                corrected: boolean;
                end: string;
                start: string;
                /**
                 * @description filling: its time is not over; provisional: late events may still come; final: they correct it from now on.
                 * @enum {string}
                 */
                status: "filling" | "provisional" | "final";
            }[];
            /** @enum {string} */
            by: "total" | "store" | "region" | "category" | "brand" | "product" | "channel" | "reason";
            /** @description For a money measure: what is in it of other currencies, and what is not. */
            conversion: {
                rates: {
                    currency: string;
                    date: string;
                    per: string;
                    rate: string;
                    source: string | null;
                }[];
                unconverted: {
                    currency: string;
                    from: string;
                    netRevenue: number | null;
                    to: string;
                }[];
            } | null;
            /** @description ISO 4217 for a money measure, whose values are in minor units. */
            currency: string | null;
            /** @description Of products in some stores: the start of the bucket that is known, before which all values are null. null: each bucket for which cells of just its time are kept. */
            knownFrom: string | null;
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            measure: string;
            /** @description The largest groups first; `other` holds the rest. Values by bucket; null: nothing is kept for that time. */
            series: {
                key: string;
                label: string;
                values: (number | null)[];
            }[];
            /** @description The span of time an answer is about: [from, to), RFC 3339, and the zone whose days and hours it is cut by. */
            window: components["schemas"]["Span"];
        };
        SessionsAnswer: {
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            items: {
                createdAt: string;
                /** @description The one that asks. */
                current: boolean;
                expiresAt: string;
                id: string;
                label: string;
                /** @description Within some minutes. */
                usedAt: string;
            }[];
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            next: string | null;
        };
        /** @description No `value` takes the setting back to its default. Who changes it is known from the request. `before`: what was decided when they looked, null for the default; where somebody else has decided otherwise since, the change is refused. */
        SettingChange: {
            /** @description What was decided when they looked, null for the default: otherwise nothing is changed. */
            before?: string | number | boolean | null;
            /** @description The settings of one category or one product, over the merchant's own. */
            category?: string;
            /** @description Which setting: `GET /settings` names all of them. */
            name: string;
            /** @description The product, by its id in the catalogue. */
            productId?: string;
            /** @description Undefined takes the setting back to its default. */
            value?: string | number | boolean;
        };
        SettingItem: {
            about: string;
            categories: {
                [key: string]: string | number | boolean;
            };
            changed: boolean;
            default: string | number | boolean;
            name: string;
            value: string | number | boolean;
        };
        SettingsAnswer: {
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            kept: {
                about: string;
                days: number | null;
                what: string;
            }[];
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            settings: components["schemas"]["SettingItem"][];
        };
        SignInRequest: {
            /** @description Six digits of an authenticator app. */
            code?: string;
            /**
             * Format: email
             * @description '' of a guest who gave none.
             */
            email: string;
            /** @description Long enough for any phrase, and no longer than it takes to hash at once. */
            password: string;
        };
        /** @description One document, one product, one event: the form that any marketplace bridge can fill. */
        SimpleForm: {
            /** @description One of these three names the product. */
            asin?: string;
            /** @description ISO 4217. */
            currency?: string;
            /** @description Stands for a person; who it is, is known at the door alone. At the door: whatever identifies the person. */
            customerId?: string;
            /** @description The sender’s own id: a document that bears the same is the same. */
            eventId?: string;
            /**
             * @description What happened.
             * @enum {string}
             */
            eventType: "ORDER_PLACED" | "ORDER_CANCELLED" | "RETURN" | "VIEW" | "CLICK" | "CART" | "PRICE_CHANGED" | "STOCK_UPDATED";
            /**
             * Format: date-time
             * @description RFC 3339, with a zone.
             */
            occurredAt?: string;
            /** @description The order, as its source names it. */
            orderId?: string;
            /** @description Decimal, as a number or as text: 999, 9.99, "9.99". Of one unit; for RETURN of the whole refund. */
            price?: number | string;
            /** @description The product, in place of `asin`. */
            productId?: string;
            /** @description 1 if absent. For STOCK_UPDATED the level that is in stock now. */
            quantity?: number;
            /** @description Why it was called off or came back. */
            reason?: string;
            /** @description Part of the store's name, where none is given. */
            region?: string;
            /** @description The visit, as the storefront names it. */
            sessionId?: string;
            /** @description The product, in place of `asin`. */
            skuId?: string;
            /** @description The store of an event that happened in one. */
            storeId?: string;
        };
        /** @description The span of time an answer is about: [from, to), RFC 3339, and the zone whose days and hours it is cut by. */
        Span: {
            /** Format: date-time */
            from: string;
            timeZone: string;
            /** Format: date-time */
            to: string;
        };
        /** @description Stock moved for a reason other than trade: breakage, theft, found goods, a transfer. Relative and signed. */
        StockAdjusted: {
            /** @description The paper that says so, where there is one. */
            documentId?: string;
            /** @description The product, by its id in the catalogue. */
            productId: string;
            /** @description Units; below zero there are fewer than before. */
            quantity: number;
            /** @description Why there are more or fewer. */
            reason?: string;
        };
        /** @description Stock moved for a reason other than trade. */
        StockAdjustedEvent: {
            /** @description What happened. */
            data: components["schemas"]["StockAdjusted"];
            /** @description The sender’s own id of it; without one each document is new. */
            id?: string;
            /**
             * Format: date-time
             * @description When it happened, RFC 3339 with a zone; when it is taken if absent.
             */
            occurredAt?: string;
            /** @description Where it happened; of the catalogue and of rates any text, `-`. */
            storeId: string;
            /** @constant */
            type: "stock.adjusted";
        };
        /** @description With `risk` or `category`, `items` may be fewer than asked for, or none, though there is a `next`: go on there. */
        StockAnswer: {
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            items: components["schemas"]["StockItem"][];
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            next: string | null;
        };
        /** @description Goods came in, some moved for a reason other than trade, or somebody counted them. Named as the events that it becomes. */
        StockChange: {
            /** @description What else there is to say, for people. */
            note?: string;
            /** @description The product, by its id in the catalogue. */
            productId: string;
            /** @description Units; of `stock.adjusted` signed: below zero there are fewer than before. */
            quantity: number;
            /**
             * @description Why: it stands in the audit.
             * @enum {string}
             */
            reason: "delivery" | "transfer" | "stocktake" | "found" | "damaged" | "expired" | "lost" | "stolen" | "own-use" | "correction";
            /** @description The store of an event that happened in one. */
            storeId: string;
            /** @constant */
            type: "stock.received";
        } | {
            /** @description What else there is to say, for people. */
            note?: string;
            /** @description The product, by its id in the catalogue. */
            productId: string;
            /** @description Units; of `stock.adjusted` signed: below zero there are fewer than before. */
            quantity: number;
            /**
             * @description Why: it stands in the audit.
             * @enum {string}
             */
            reason: "delivery" | "transfer" | "stocktake" | "found" | "damaged" | "expired" | "lost" | "stolen" | "own-use" | "correction";
            /** @description The store of an event that happened in one. */
            storeId: string;
            /** @constant */
            type: "stock.adjusted";
        } | {
            /** @description Units that were counted. */
            level: number;
            /** @description What else there is to say, for people. */
            note?: string;
            /** @description The product, by its id in the catalogue. */
            productId: string;
            /**
             * @description Why: it stands in the audit.
             * @enum {string}
             */
            reason: "delivery" | "transfer" | "stocktake" | "found" | "damaged" | "expired" | "lost" | "stolen" | "own-use" | "correction";
            /** @description The store of an event that happened in one. */
            storeId: string;
            /** @constant */
            type: "stock.counted";
        };
        /** @description It is in the log. What was sold meanwhile is in neither level: the socket and `/stock` tell the one that comes of it. */
        StockChangeAnswer: {
            /** @description The level that follows from it. */
            after: number;
            /** @description The level that was known before; null: nothing was known of the product in this store. */
            before: number | null;
            eventIds: string[];
            repeat: boolean;
        };
        /** @description The level of stock as somebody counted it or a marketplace states it, at the time of the event. Absolute. */
        StockCounted: {
            /** @description Units that there were when it happened. */
            level: number;
            /** @description The product, by its id in the catalogue. */
            productId: string;
            /** @description Why it was counted. */
            reason?: string;
        };
        /** @description Stock was counted: an absolute level. */
        StockCountedEvent: {
            /** @description What happened. */
            data: components["schemas"]["StockCounted"];
            /** @description The sender’s own id of it; without one each document is new. */
            id?: string;
            /**
             * Format: date-time
             * @description When it happened, RFC 3339 with a zone; when it is taken if absent.
             */
            occurredAt?: string;
            /** @description Where it happened; of the catalogue and of rates any text, `-`. */
            storeId: string;
            /** @constant */
            type: "stock.counted";
        };
        StockItem: {
            alert: {
                id: string;
                kind: string;
                severity: string;
            } | null;
            /** @description What can be sold: never below zero. */
            available: number;
            /** @description As it is listed now; null: it is in none, or nobody has listed the product. */
            category: string | null;
            countedAt: string | null;
            currency: string | null;
            /** @description null: nothing sells, so it lasts for ever. */
            daysOfCover: number | null;
            /** @description Units of purchase orders that are still to come. */
            inbound: number;
            /** @description RFC 3339; null: never. */
            movedAt: string | null;
            /** @description Signed: below zero more was sold than was known to be there. */
            onHand: number;
            priceMinor: number | null;
            /** @description The product, by its id in the catalogue. */
            productId: string;
            /** @description The quarter of an hour so far, from `start` (RFC 3339) on; null as above. */
            quarter: {
                cancelledUnits: number;
                /** @description By ISO 4217 code, in minor units, named as in `/metrics`. */
                money: {
                    [key: string]: {
                        cancelledAmount: number | null;
                        discounts: number | null;
                        goodsRevenue: number | null;
                        grossRevenue: number | null;
                        refundAmount: number | null;
                    };
                };
                refundedUnits: number;
                refunds: number;
                start: string;
                units: number;
            } | null;
            /** @description Probability of running out within three days, for Poisson demand. */
            stockOutRisk: number;
            /** @description The store, by its id. */
            storeId: string;
            title: string | null;
            /** @description The business day so far, in the store's zone; null: unknown, since the shop's clock is ahead of ours. */
            today: {
                cancelledUnits: number;
                date: string;
                /** @description By ISO 4217 code, in minor units, named as in `/metrics`. */
                money: {
                    [key: string]: {
                        cancelledAmount: number | null;
                        discounts: number | null;
                        goodsRevenue: number | null;
                        grossRevenue: number | null;
                        refundAmount: number | null;
                    };
                };
                refundedUnits: number;
                refunds: number;
                units: number;
            } | null;
            /** @description False: nobody has said how much is there; only sales are known. */
            tracked: boolean;
            unitsPerDay: number;
        };
        /** @description As `stock.counted`, from a source that has another name for the product. The fold puts the name in its place under which the product was last listed with that alias; one that nobody has listed stays, as an unlisted product. */
        StockItemCounted: {
            /** @description The other name, one of the `aliases` of the product’s listing. */
            alias: string;
            /** @description Units that there were when it happened. */
            level: number;
            /** @description Why it was counted. */
            reason?: string;
        };
        /** @description The stock of a product by another name was counted. */
        StockItemCountedEvent: {
            /** @description What happened. */
            data: components["schemas"]["StockItemCounted"];
            /** @description The sender’s own id of it; without one each document is new. */
            id?: string;
            /**
             * Format: date-time
             * @description When it happened, RFC 3339 with a zone; when it is taken if absent.
             */
            occurredAt?: string;
            /** @description Where it happened; of the catalogue and of rates any text, `-`. */
            storeId: string;
            /** @constant */
            type: "stock-item.counted";
        };
        /** @description Goods came into a store from a supplier or another store. */
        StockReceived: {
            /** @description ISO 4217. */
            currency?: string;
            /** @description The product, by its id in the catalogue. */
            productId: string;
            /** @description The order to the supplier, by a name of your own. */
            purchaseOrderId?: string;
            /** @description Units. */
            quantity: number;
            /** @description Where a person says it; deliveries that came before this field have none. */
            reason?: string;
            /** @description The supplier, by a name of your own. */
            supplierId?: string;
            /** @description An amount of money in the currency's minor units, e.g. cents. */
            unitCostMinor?: number;
        };
        /** @description Goods came into a store. */
        StockReceivedEvent: {
            /** @description What happened. */
            data: components["schemas"]["StockReceived"];
            /** @description The sender’s own id of it; without one each document is new. */
            id?: string;
            /**
             * Format: date-time
             * @description When it happened, RFC 3339 with a zone; when it is taken if absent.
             */
            occurredAt?: string;
            /** @description Where it happened; of the catalogue and of rates any text, `-`. */
            storeId: string;
            /** @constant */
            type: "stock.received";
        };
        StoreItem: {
            /** @description Where it is. */
            city?: string;
            /** @description ISO 4217. */
            currency?: string;
            /** @description What it is called. */
            name: string;
            /** @description In words, or as 10:00-21:00. */
            openingHours?: string;
            /** @description Stores that are looked at together bear the same. */
            region?: string;
            /** @description Its floor, in square feet. */
            sizeSqft?: number;
            /** @description The store, by its id. */
            storeId: string;
            /** @description IANA time zone, e.g. Asia/Kolkata. */
            timeZone?: string;
        };
        /** @description What a merchant says about a store; the store is the envelope's. A later listing replaces an earlier one whole. */
        StoreListed: {
            /** @description Where it is. */
            city?: string;
            /** @description ISO 4217. */
            currency?: string;
            /** @description What it is called. */
            name: string;
            /** @description In words, or as 10:00-21:00. */
            openingHours?: string;
            /** @description Stores that are looked at together bear the same. */
            region?: string;
            /** @description Its floor, in square feet. */
            sizeSqft?: number;
            /** @description IANA time zone, e.g. Asia/Kolkata. */
            timeZone?: string;
        };
        /** @description A store opened, or its entry changed. */
        StoreListedEvent: {
            /** @description What happened. */
            data: components["schemas"]["StoreListed"];
            /** @description The sender’s own id of it; without one each document is new. */
            id?: string;
            /**
             * Format: date-time
             * @description When it happened, RFC 3339 with a zone; when it is taken if absent.
             */
            occurredAt?: string;
            /** @description Where it happened; of the catalogue and of rates any text, `-`. */
            storeId: string;
            /** @constant */
            type: "store.listed";
        };
        StoresAnswer: {
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            items: components["schemas"]["StoreItem"][];
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            next: string | null;
        };
        TokenRequest: {
            /**
             * Format: date-time
             * @description Until when it is good, RFC 3339; as long as the token that asks, or until it is revoked, if absent.
             */
            expiresAt?: string;
            /** @description What people call it. */
            label?: string;
            /** @description A key for a storefront, which everybody may read: for pages of these origins, and `storefront:send` alone. */
            origins?: string[];
            /** @description What it may do, of what its person may; all of that if absent. */
            scopes?: ("figures:read" | "catalogue:read" | "alerts:handle" | "stock:change" | "reorders:decide" | "events:send" | "storefront:send" | "quality:read" | "runs:start" | "models:read" | "models:decide" | "quarantine:decide" | "settings:read" | "settings:change" | "integrations:read" | "integrations:change" | "audit:read" | "customers:forget" | "users:manage" | "account:manage")[];
            /** @description Those that it is for, of its person’s; all of them if absent. */
            stores?: string[];
        };
        TokensAnswer: {
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            items: {
                createdAt: string;
                expiresAt: string | null;
                id: string;
                label: string;
                origins: string[] | null;
                /** @description Whose it is. */
                person: string;
                /** @description null: everything that the person may. */
                scopes: string[] | null;
                stores: string[] | null;
                usedAt: string;
            }[];
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            next: string | null;
        };
        TotpAnswer: {
            secret: string;
            uri: string;
        };
        /** @description `current`: the present password, of those who have one. */
        TotpRemoval: {
            /** @description Long enough for any phrase, and no longer than it takes to hash at once. */
            current?: string;
        };
        TotpRequest: {
            /** @description Six digits of an authenticator app. */
            code: string;
        };
        TransactionsAnswer: {
            /**
             * Format: date-time
             * @description When the answer was made, RFC 3339.
             */
            asOf: string;
            /** @description The token of the customer who was asked for; null: nobody was, or nobody here has met them. */
            customer?: string | null;
            items: {
                acceptedAt: string;
                amountMinor: number;
                brand?: string | null;
                category?: string | null;
                channel: string | null;
                city?: string | null;
                currency: string;
                customer: string | null;
                discountMinor: number;
                /** @description The source has not said the price yet: it is the catalogue's. */
                estimated: boolean;
                id: string;
                /** @enum {string} */
                kind: "sale" | "cancellation" | "refund" | "charge" | "correction";
                /** @description The source's own words for it: of a refund whose reason is `other`, of a charge. */
                note: string | null;
                occurredAt: string;
                /** @description The order, as its source names it. */
                orderId: string | null;
                /** @description How it was paid, in the source’s words. */
                paymentMethod: string | null;
                /** @description The product, by its id in the catalogue. */
                productId: string | null;
                /** @description Units. */
                quantity: number;
                /** @description Why. */
                reason: string | null;
                region?: string | null;
                source: string;
                /** @description The store, by its id. */
                storeId: string;
                storeName: string | null;
                title: string | null;
            }[];
            /** @description How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
            lagMs: number;
            next: string | null;
            /** @description A search that stopped for now has looked at everything since then; null: at everything. `next` goes on. */
            searchedBackTo?: string | null;
            /** @description Lines that happened in it. */
            window: components["schemas"]["ListSpan"];
        };
    };
    responses: {
        /** @description The request is not well-formed: mend it. */
        Refusal400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "status": 400,
                 *       "title": "The path is not a URL: after each `%` come two hexadecimal digits, and they spell UTF-8"
                 *     }
                 */
                "application/problem+json": components["schemas"]["ProblemDocument"];
            };
        };
        /** @description Nobody is known by this token, session or proof: sign in, or make a token. */
        Refusal401: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "status": 401,
                 *       "title": "Sign in first, or send a token: `counterflow token create`"
                 *     }
                 */
                "application/problem+json": components["schemas"]["ProblemDocument"];
            };
        };
        /** @description Who asks may not do this, or not now; or a page of another origin asks. `title` says which. */
        Refusal403: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "status": 403,
                 *       "title": "A page of another origin may not change anything here"
                 *     }
                 */
                "application/problem+json": components["schemas"]["ProblemDocument"];
            };
        };
        /** @description There is no such thing. */
        Refusal404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "status": 404,
                 *       "title": "Nothing is known of a product nobody-sells-this"
                 *     }
                 */
                "application/problem+json": components["schemas"]["ProblemDocument"];
            };
        };
        /** @description It is not in a state in which this can be done: `present` says how it is now, or ask. */
        Refusal409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "status": 409,
                 *       "title": "Somebody else changed this setting: look at `present`, and try again",
                 *       "present": {
                 *         "name": "lowStockWarningDays",
                 *         "value": null
                 *       }
                 *     }
                 */
                "application/problem+json": components["schemas"]["ProblemDocument"];
            };
        };
        /** @description It was there and is gone. */
        Refusal410: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "status": 410,
                 *       "title": "The document’s bytes are gone: it can only be given up"
                 *     }
                 */
                "application/problem+json": components["schemas"]["ProblemDocument"];
            };
        };
        /** @description The body is larger than 1048576 bytes: send it in parts. */
        Refusal413: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "status": 413,
                 *       "title": "The body is larger than 1048576 bytes: send it in parts"
                 *     }
                 */
                "application/problem+json": components["schemas"]["ProblemDocument"];
            };
        };
        /** @description A part of the path is longer than 300 characters. */
        Refusal414: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "status": 414,
                 *       "title": "A part of the path is longer than 300 characters: no name here is"
                 *     }
                 */
                "application/problem+json": components["schemas"]["ProblemDocument"];
            };
        };
        /** @description The body is not JSON, or does not say that it is. */
        Refusal415: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "status": 415,
                 *       "title": "Send JSON, with `content-type: application/json`"
                 *     }
                 */
                "application/problem+json": components["schemas"]["ProblemDocument"];
            };
        };
        /** @description The `Host` header names another machine. */
        Refusal421: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "status": 421,
                 *       "title": "This engine answers to 127.0.0.1 and localhost alone"
                 *     }
                 */
                "application/problem+json": components["schemas"]["ProblemDocument"];
            };
        };
        /** @description It was read, and makes no sense: `problems` names every wrong field and why. */
        Refusal422: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "status": 422,
                 *       "title": "The question cannot be answered",
                 *       "problems": [
                 *         {
                 *           "field": "limit",
                 *           "message": "must be a whole number from 1 to 500"
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["ProblemDocument"];
            };
        };
        /** @description Too much for now: wait as `retry-after` says. Nothing was taken. */
        Refusal429: {
            headers: {
                /** @description Seconds to wait. */
                "retry-after"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "status": 429,
                 *       "title": "This connection sends too fast"
                 *     }
                 */
                "application/problem+json": components["schemas"]["ProblemDocument"];
            };
        };
        /** @description The engine cannot keep up: send the same request again after `retry-after`. Nothing was taken, unless `title` says that nobody knows. */
        Refusal503: {
            headers: {
                /** @description Seconds to wait. */
                "retry-after"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "status": 503,
                 *       "title": "The engine cannot keep up: nothing was taken, send it again later"
                 *     }
                 */
                "application/problem+json": components["schemas"]["ProblemDocument"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            421: components["responses"]["Refusal421"];
        };
    };
    patchAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
                /** @description The version that the change rests on, in double quotes, in place of the body’s. */
                "if-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountChange"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    postAccountPassword: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description Done. No body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
            429: components["responses"]["Refusal429"];
        };
    };
    getAccountSessions: {
        parameters: {
            query?: {
                /** @description How many rows at most, 1 to 500; 100 if absent. */
                limit?: number;
                /** @description Where to go on: the `next` of the answer before. */
                next?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionsAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    deleteAccountSessions: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. No body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    deleteAccountSessionsById: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
            };
            path: {
                /**
                 * @description Id of the session.
                 * @example BpMTD4ug6EFD
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. No body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            414: components["responses"]["Refusal414"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    postAccountTotp: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TotpAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    deleteAccountTotp: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TotpRemoval"];
            };
        };
        responses: {
            /** @description Done. No body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
            429: components["responses"]["Refusal429"];
        };
    };
    postAccountTotpConfirm: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TotpRequest"];
            };
        };
        responses: {
            /** @description Done. No body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getAlerts: {
        parameters: {
            query?: {
                /** @description How many rows at most, 1 to 500; 100 if absent. */
                limit?: number;
                /** @description Where to go on: the `next` of the answer before. */
                next?: string;
                /**
                 * @description `open` if absent.
                 * @example resolved
                 */
                state?: "open" | "resolved";
                /**
                 * @description One store.
                 * @example shop
                 */
                store?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertsAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    postAlertsByIdAcknowledge: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
            };
            path: {
                /**
                 * @description Id of the alert.
                 * @example 0d6b2f4a1e7f716573d26caa8b8e28c7-OVERSOLD
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It had been taken before: nothing changes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description Taken, and on the disk. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            414: components["responses"]["Refusal414"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
            503: components["responses"]["Refusal503"];
        };
    };
    postAlertsAcknowledge: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcknowledgeRequest"];
            };
        };
        responses: {
            /** @description It had been taken before: nothing changes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcknowledgeAnswer"];
                };
            };
            /** @description Taken, and on the disk. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcknowledgeAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
            503: components["responses"]["Refusal503"];
        };
    };
    getAsyncapiJson: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `etag` of the answer before: 304 if it is still the same.
                 * @example *
                 */
                "if-none-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    /** @description Changes when the document does: send it back as `if-none-match`. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetOpenapiJsonAnswer"];
                };
            };
            /** @description The same as you have. No body. */
            304: {
                headers: {
                    /** @description Changes when the document does: send it back as `if-none-match`. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Refusal400"];
            421: components["responses"]["Refusal421"];
        };
    };
    getAudit: {
        parameters: {
            query?: {
                /** @description Of this time and later, RFC 3339; all times if absent. */
                from?: string;
                /**
                 * @description How many rows at most, 1 to 500; 50 if absent.
                 * @example 10
                 */
                limit?: number;
                /** @description Where to go on: the `next` of the answer before. */
                next?: string;
                /** @description Before this time, RFC 3339; now if absent. */
                to?: string;
                /**
                 * @description A kind of change, `settings.changed`, or all of one thing, `settings`.
                 * @example settings
                 */
                what?: string;
                /** @description Who changed it, by their id. */
                who?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    postCollect: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PostCollectRequest"];
            };
        };
        responses: {
            /** @description It had been taken before: nothing changes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CollectAnswer"];
                };
            };
            /** @description Taken, and on the disk. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CollectAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            /** @description Nothing of it was good: `results` or `problems` say why. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CollectAnswer"];
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "status": 422,
                     *       "title": "The question cannot be answered",
                     *       "problems": [
                     *         {
                     *           "field": "limit",
                     *           "message": "must be a whole number from 1 to 500"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
            429: components["responses"]["Refusal429"];
            503: components["responses"]["Refusal503"];
        };
    };
    postCustomersForget: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ForgetRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostCustomersForgetAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
            503: components["responses"]["Refusal503"];
        };
    };
    getDocs: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `etag` of the answer before: 304 if it is still the same.
                 * @example *
                 */
                "if-none-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    /** @description Changes when the document does: send it back as `if-none-match`. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The same as you have. No body. */
            304: {
                headers: {
                    /** @description Changes when the document does: send it back as `if-none-match`. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Refusal400"];
            421: components["responses"]["Refusal421"];
        };
    };
    getDocsPageCss: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `etag` of the answer before: 304 if it is still the same.
                 * @example *
                 */
                "if-none-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    /** @description Changes when the document does: send it back as `if-none-match`. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/css": string;
                };
            };
            /** @description The same as you have. No body. */
            304: {
                headers: {
                    /** @description Changes when the document does: send it back as `if-none-match`. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Refusal400"];
            421: components["responses"]["Refusal421"];
        };
    };
    getDocsPageJs: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `etag` of the answer before: 304 if it is still the same.
                 * @example *
                 */
                "if-none-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    /** @description Changes when the document does: send it back as `if-none-match`. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/javascript": string;
                };
            };
            /** @description The same as you have. No body. */
            304: {
                headers: {
                    /** @description Changes when the document does: send it back as `if-none-match`. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Refusal400"];
            421: components["responses"]["Refusal421"];
        };
    };
    getEventsById: {
        parameters: {
            query?: {
                /** @description When it happened, RFC 3339. */
                at?: string;
                /** @description The store that it happened in. */
                store?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Id of the event, or of a line that was booked of it.
                 * @example 0d6b2f4a1e7f716573d26caa8b8e28c7
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            414: components["responses"]["Refusal414"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getExportByFile: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `etag` of the answer before: 304 if it is still the same.
                 * @example *
                 */
                "if-none-match"?: string;
            };
            path: {
                /**
                 * @description Which table.
                 * @example fact_sales.parquet
                 */
                file: "fact_sales.parquet" | "fact_refunds.parquet" | "fact_inventory.parquet" | "dim_product.parquet" | "dim_store.parquet" | "dim_customer.parquet" | "dim_supplier.parquet" | "dim_date.parquet" | "fact_predictions.parquet" | "fact_reorders.parquet";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    /** @description Changes when the document does: send it back as `if-none-match`. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.apache.parquet": string;
                };
            };
            /** @description The same as you have. No body. */
            304: {
                headers: {
                    /** @description Changes when the document does: send it back as `if-none-match`. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            414: components["responses"]["Refusal414"];
            421: components["responses"]["Refusal421"];
        };
    };
    getForecasts: {
        parameters: {
            query?: {
                /**
                 * @description One product.
                 * @example P
                 */
                product?: string;
                /**
                 * @description One store.
                 * @example shop
                 */
                store?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetForecastsAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getForecastsProducts: {
        parameters: {
            query?: {
                /**
                 * @description How many rows at most, 1 to 500; 100 if absent.
                 * @example 5
                 */
                limit?: number;
                /** @description One store. */
                store?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetForecastsProductsAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getForecastsWhy: {
        parameters: {
            query: {
                /** @description One of the seven days; the first if absent. */
                day?: string;
                /**
                 * @description One product.
                 * @example P
                 */
                product: string;
                /**
                 * @description One store.
                 * @example shop
                 */
                store: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetForecastsWhyAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getHealthz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetHealthzAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            421: components["responses"]["Refusal421"];
        };
    };
    getImports: {
        parameters: {
            query?: {
                /** @description How many rows at most, 1 to 500; 100 if absent. */
                limit?: number;
                /** @description Where to go on: the `next` of the answer before. */
                next?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportsAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    postImportsByKind: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
            };
            path: {
                /**
                 * @description What the rows are.
                 * @example products
                 */
                kind: "products" | "stores" | "rates" | "sales" | "online-retail" | "online-retail-titles";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            414: components["responses"]["Refusal414"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
            429: components["responses"]["Refusal429"];
            503: components["responses"]["Refusal503"];
        };
    };
    postImportsPreview: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportPreviewRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportPreviewAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getIntegrations: {
        parameters: {
            query?: {
                /** @description How many rows at most, 1 to 500; 100 if absent. */
                limit?: number;
                /** @description Where to go on: the `next` of the answer before. */
                next?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionsAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    postIntegrations: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectionRequest"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewConnectionAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    deleteIntegrationsById: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
                /** @description The version that the change rests on, in double quotes, in place of the body’s. */
                "if-match"?: string;
            };
            path: {
                /**
                 * @description Id of the way in, as it was answered when it was opened.
                 * @example id1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionItem"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            414: components["responses"]["Refusal414"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    patchIntegrationsById: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
                /** @description The version that the change rests on, in double quotes, in place of the body’s. */
                "if-match"?: string;
            };
            path: {
                /**
                 * @description Id of the way in, as it was answered when it was opened.
                 * @example id1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectionPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionItem"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            414: components["responses"]["Refusal414"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getIntegrationsByIdActivity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the way in, as it was answered when it was opened.
                 * @example id1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActivityAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            414: components["responses"]["Refusal414"];
            421: components["responses"]["Refusal421"];
        };
    };
    getIntegrationsByIdDeliveries: {
        parameters: {
            query?: {
                /** @description How many rows at most, 1 to 500; 100 if absent. */
                limit?: number;
                /** @description Where to go on: the `next` of the answer before. */
                next?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Id of the way in, as it was answered when it was opened.
                 * @example id1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveriesAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            414: components["responses"]["Refusal414"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getIntegrationsByIdDeliveriesByNumber: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the way in, as it was answered when it was opened.
                 * @example id1
                 */
                id: string;
                /**
                 * @description Number of the delivery, from 1 for each way in.
                 * @example 1
                 */
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            414: components["responses"]["Refusal414"];
            421: components["responses"]["Refusal421"];
        };
    };
    postIntegrationsByIdDeliveriesByNumberRedeliver: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
            };
            path: {
                /**
                 * @description Id of the way in, as it was answered when it was opened.
                 * @example id1
                 */
                id: string;
                /**
                 * @description Number of the delivery, from 1 for each way in.
                 * @example 1
                 */
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RedeliveryAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            414: components["responses"]["Refusal414"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
            429: components["responses"]["Refusal429"];
            503: components["responses"]["Refusal503"];
        };
    };
    postIntegrationsByIdRotate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
                /** @description The version that the change rests on, in double quotes, in place of the body’s. */
                "if-match"?: string;
            };
            path: {
                /**
                 * @description Id of the way in, as it was answered when it was opened.
                 * @example id1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RotateRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RotateAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            414: components["responses"]["Refusal414"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    postIntegrationsByIdTest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
            };
            path: {
                /**
                 * @description Id of the way in, as it was answered when it was opened.
                 * @example id1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RedeliveryAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            414: components["responses"]["Refusal414"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
            429: components["responses"]["Refusal429"];
            503: components["responses"]["Refusal503"];
        };
    };
    postIntegrationsByMarketplaceWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Who sends.
                 * @example amazon
                 */
                marketplace: "amazon" | "myntra" | "meesho" | "shopify" | "woocommerce" | "generic" | "simulator";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SimpleForm"];
            };
        };
        responses: {
            /** @description It had been taken before: nothing changes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description Taken, and on the disk. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            413: components["responses"]["Refusal413"];
            414: components["responses"]["Refusal414"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
            429: components["responses"]["Refusal429"];
            503: components["responses"]["Refusal503"];
        };
    };
    postIntegrationsByMarketplaceWebhookByConnectionId: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The secret of the way in, where its proof is `token`.
                 * @example a-secret-of-our-own
                 */
                "x-webhook-token"?: string;
            };
            path: {
                /**
                 * @description Id of the way in, as it was answered when it was opened.
                 * @example id1
                 */
                connectionId: string;
                /**
                 * @description Who sends.
                 * @example generic
                 */
                marketplace: "amazon" | "myntra" | "meesho" | "shopify" | "woocommerce" | "generic" | "simulator";
            };
            cookie?: never;
        };
        /** @description The provider’s own document: it is proved byte for byte before it is read. */
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description It had been taken before: nothing changes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description Taken, and on the disk. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            413: components["responses"]["Refusal413"];
            414: components["responses"]["Refusal414"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
            429: components["responses"]["Refusal429"];
            503: components["responses"]["Refusal503"];
        };
    };
    getItemById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the product.
                 * @example P
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            414: components["responses"]["Refusal414"];
            421: components["responses"]["Refusal421"];
        };
    };
    getJoin: {
        parameters: {
            query: {
                /**
                 * @description From the link.
                 * @example jsMPJaWT8qXq2gsm1JAcUBEJ
                 */
                code: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JoinAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    postJoin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JoinRequest"];
            };
        };
        responses: {
            /** @description Done. No body. */
            204: {
                headers: {
                    /** @description The browser’s session. */
                    "set-cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            413: components["responses"]["Refusal413"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getLineage: {
        parameters: {
            query?: {
                /**
                 * @description How many rows at most, 1 to 500; 100 if absent.
                 * @example 5
                 */
                limit?: number;
                /** @description Where to go on: the `next` of the answer before. */
                next?: string;
                /** @description Of this table alone. */
                table?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetLineageAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getLineageByArtefact: {
        parameters: {
            query?: {
                /** @description Steps upwards; 4 if absent. */
                depth?: number;
            };
            header?: never;
            path: {
                /**
                 * @description What it is: `part:fact_sales:2026-03-04`, with `:` and a version behind it or the one that is published; `model:demand:2026-03-05`; `raw:booked_line:2026-03-04`.
                 * @example raw:sale_recorded:2026-03-02
                 */
                artefact: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetLineageByArtefactAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            414: components["responses"]["Refusal414"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getLineageByArtefactInputs: {
        parameters: {
            query?: {
                /**
                 * @description How many rows at most, 1 to 500; 100 if absent.
                 * @example 5
                 */
                limit?: number;
                /** @description Where to go on: the `next` of the answer before. */
                next?: string;
            };
            header?: never;
            path: {
                /**
                 * @description What it is: `part:fact_sales:2026-03-04`, with `:` and a version behind it or the one that is published; `model:demand:2026-03-05`; `raw:booked_line:2026-03-04`.
                 * @example raw:sale_recorded:2026-03-02
                 */
                artefact: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetLineageByArtefactInputsAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            414: components["responses"]["Refusal414"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    postLiveTickets: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiveTicket"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    patchMerchant: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MerchantChange"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MerchantAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getMetrics: {
        parameters: {
            query?: {
                /** @description Products of one brand. */
                brand?: string;
                /** @description Products of one category. */
                category?: string;
                /** @description All money in this one as well, each day at its imported rate. ISO 4217. */
                currency?: string;
                /**
                 * @description Begin of the span, RFC 3339; the start of the business day if absent.
                 * @example 2026-03-01T00:00:00Z
                 */
                from?: string;
                /** @description One product. */
                product?: string;
                /** @description Stores of one region. */
                region?: string;
                /**
                 * @description One store.
                 * @example shop
                 */
                store?: string;
                /**
                 * @description End of the span, RFC 3339; now if absent.
                 * @example 2026-03-02T10:00:00Z
                 */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MetricsAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getMetricsProducts: {
        parameters: {
            query?: {
                /** @description Products of one brand. */
                brand?: string;
                /** @description Products of one category. */
                category?: string;
                /** @description Begin of the earlier span, RFC 3339. */
                earlierFrom?: string;
                /** @description End of the earlier span, RFC 3339. */
                earlierTo?: string;
                /** @description Begin of the span, RFC 3339; the start of the business day if absent. */
                from?: string;
                /**
                 * @description How many rows at most, 1 to 2000; 100 if absent.
                 * @example 10
                 */
                limit?: number;
                /** @description Where to go on: the `next` of the answer before. */
                next?: string;
                /** @description One product. */
                product?: string;
                /** @description Stores of one region. */
                region?: string;
                /** @description One store. */
                store?: string;
                /** @description End of the span, RFC 3339; now if absent. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductFiguresAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getMetricsSeries: {
        parameters: {
            query?: {
                /** @description Products of one brand. */
                brand?: string;
                /**
                 * @description What it is split by; `total` if absent.
                 * @example product
                 */
                by?: "total" | "store" | "region" | "category" | "brand" | "product" | "channel" | "reason";
                /** @description Products of one category. */
                category?: string;
                /**
                 * @description For money: amounts in others are converted, each day at its imported rate. ISO 4217.
                 * @example INR
                 */
                currency?: string;
                /** @description Begin of the span, RFC 3339; the start of the business day if absent. */
                from?: string;
                /**
                 * @description How many groups by themselves, the largest first, 1 to 500; 8 if absent.
                 * @example 500
                 */
                limit?: number;
                /**
                 * @description Which measure; `netRevenue` if absent.
                 * @example netRevenue
                 */
                measure?: "orders" | "cancellations" | "documents" | "units" | "refunds" | "views" | "clicks" | "carts" | "abandonedCarts" | "conversion" | "activeCustomers" | "newCustomers" | "stockOuts" | "late" | "grossRevenue" | "discounts" | "tax" | "refundAmount" | "cancelledAmount" | "charges" | "chargeReversals" | "goodsRevenue" | "netRevenue" | "averageOrderValue";
                /**
                 * @description One product.
                 * @example P
                 */
                product?: string;
                /** @description Stores of one region. */
                region?: string;
                /** @description One store. */
                store?: string;
                /** @description End of the span, RFC 3339; now if absent. */
                to?: string;
                /**
                 * @description Width of a bucket; `minute` if absent.
                 * @example hour
                 */
                window?: "minute" | "quarter" | "hour" | "day" | "month" | "span";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SeriesAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getModelsDemand: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetModelsDemandAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            421: components["responses"]["Refusal421"];
        };
    };
    getModelsDemandAccuracy: {
        parameters: {
            query?: {
                /** @description How many days ahead they were forecast; 1 if absent. */
                ahead?: number;
                /**
                 * @description How many of the newest days; 56 if absent.
                 * @example 28
                 */
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetModelsDemandAccuracyAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getModelsDemandDrift: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetModelsDemandDriftAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            421: components["responses"]["Refusal421"];
        };
    };
    postModelsDemandPromote: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
                /** @description The version that the change rests on, in double quotes, in place of the body’s. */
                "if-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PromoteRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostModelsDemandPromoteAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    postModelsDemandRollback: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
                /** @description The version that the change rests on, in double quotes, in place of the body’s. */
                "if-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostModelsDemandPromoteAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getNoticesChoices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChoicesAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            421: components["responses"]["Refusal421"];
        };
    };
    postNoticesChoices: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
                /** @description The version that the change rests on, in double quotes, in place of the body’s. */
                "if-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChoicesChange"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChoicesAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getNoticesDeliveries: {
        parameters: {
            query?: {
                /** @description How many rows at most, 1 to 500; 50 if absent. */
                limit?: number;
                /** @description Where to go on: the `next` of the answer before. */
                next?: string;
                /** @description Id of a webhook: its log in place of one’s own. */
                webhook?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeLogAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    postNoticesDeliveriesByNumberRedeliver: {
        parameters: {
            query?: {
                /** @description Id of the webhook whose log it is in. */
                webhook?: string;
            };
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
            };
            path: {
                /**
                 * @description Number of the delivery, from 1 for each person and webhook.
                 * @example 1
                 */
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeLogItem"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            414: components["responses"]["Refusal414"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    postNoticesTest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoticeTestRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeLogItem"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getNoticesWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeWebhooksAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            421: components["responses"]["Refusal421"];
        };
    };
    postNoticesWebhooks: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoticeWebhookRequest"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewNoticeWebhookAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    deleteNoticesWebhooksById: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
            };
            path: {
                /**
                 * @description Id of the webhook.
                 * @example id36
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeWebhookItem"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            414: components["responses"]["Refusal414"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getOpenapiJson: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `etag` of the answer before: 304 if it is still the same.
                 * @example *
                 */
                "if-none-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    /** @description Changes when the document does: send it back as `if-none-match`. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetOpenapiJsonAnswer"];
                };
            };
            /** @description The same as you have. No body. */
            304: {
                headers: {
                    /** @description Changes when the document does: send it back as `if-none-match`. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Refusal400"];
            421: components["responses"]["Refusal421"];
        };
    };
    getProducts: {
        parameters: {
            query?: {
                /** @description How many rows at most, 1 to 500; 100 if absent. */
                limit?: number;
                /** @description Where to go on: the `next` of the answer before. */
                next?: string;
                /**
                 * @description Words that each stand in its id, title, brand, category or another name.
                 * @example desk
                 */
                query?: string;
            };
            header?: {
                /**
                 * @description The `etag` of the answer before: 304 if it is still the same.
                 * @example *
                 */
                "if-none-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    /** @description Changes when the document does: send it back as `if-none-match`. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductsAnswer"];
                };
            };
            /** @description The same as you have. No body. */
            304: {
                headers: {
                    /** @description Changes when the document does: send it back as `if-none-match`. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getQuality: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QualityAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            421: components["responses"]["Refusal421"];
        };
    };
    getQualityChecks: {
        parameters: {
            query?: {
                /**
                 * @description How many rows at most, 1 to 500; 50 if absent.
                 * @example 7
                 */
                limit?: number;
                /** @description Where to go on: the `next` of the answer before. */
                next?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetQualityChecksAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getQuarantine: {
        parameters: {
            query?: {
                /** @description How many rows at most, 1 to 500; 100 if absent. */
                limit?: number;
                /** @description Where to go on: the `next` of the answer before. */
                next?: string;
                /** @description `held` if absent. */
                status?: "held" | "replayed" | "discarded";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuarantineAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getQuarantineById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the held document: shard and sequence.
                 * @example 1-0000000000000003
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeldDocument"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            410: components["responses"]["Refusal410"];
            414: components["responses"]["Refusal414"];
            421: components["responses"]["Refusal421"];
        };
    };
    postQuarantineByIdDiscard: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
            };
            path: {
                /**
                 * @description Id of the held document: shard and sequence.
                 * @example 1-0000000000000003
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DiscardRequest"];
            };
        };
        responses: {
            /** @description Taken, and on the disk. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            414: components["responses"]["Refusal414"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
            503: components["responses"]["Refusal503"];
        };
    };
    postQuarantineByIdReplay: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
            };
            path: {
                /**
                 * @description Id of the held document: shard and sequence.
                 * @example 1-0000000000000003
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReplayRequest"];
            };
        };
        responses: {
            /** @description Taken, and on the disk. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            409: components["responses"]["Refusal409"];
            410: components["responses"]["Refusal410"];
            413: components["responses"]["Refusal413"];
            414: components["responses"]["Refusal414"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
            503: components["responses"]["Refusal503"];
        };
    };
    getRefunds: {
        parameters: {
            query?: {
                /** @description Products of one brand. */
                brand?: string;
                /** @description Products of one category. */
                category?: string;
                /** @description Begin of the span, RFC 3339; 30 business days, the last one still filling, if absent. */
                from?: string;
                /** @description How many rows at most, 1 to 500; 50 if absent. */
                limit?: number;
                /** @description Where to go on: the `next` of the answer before. */
                next?: string;
                /** @description One product. */
                product?: string;
                /** @description Stores of one region. */
                region?: string;
                /** @description One store. */
                store?: string;
                /** @description End of the span, RFC 3339; now if absent. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundsAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getRefundsStatistics: {
        parameters: {
            query?: {
                /** @description Products of one brand. */
                brand?: string;
                /** @description Products of one category. */
                category?: string;
                /** @description Begin of the span, RFC 3339; 30 business days, the last one still filling, if absent. */
                from?: string;
                /** @description One product. */
                product?: string;
                /** @description Stores of one region. */
                region?: string;
                /** @description One store. */
                store?: string;
                /** @description End of the span, RFC 3339; now if absent. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundStatisticsAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getReorders: {
        parameters: {
            query?: {
                /**
                 * @description How many rows at most, 1 to 500; 100 if absent.
                 * @example 1
                 */
                limit?: number;
                /** @description Where to go on: the `next` of the answer before. */
                next?: string;
                /** @description `open` if absent. */
                state?: "open" | "snoozed" | "accepted" | "dismissed";
                /**
                 * @description One store.
                 * @example shop
                 */
                store?: string;
                /**
                 * @description Of one supplier.
                 * @example weaver
                 */
                supplier?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReordersAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getReordersById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the proposal.
                 * @example 0c5d8f1e77aa
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReorderAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            414: components["responses"]["Refusal414"];
            421: components["responses"]["Refusal421"];
        };
    };
    postReordersByIdAccept: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
                /** @description The version that the change rests on, in double quotes, in place of the body’s. */
                "if-match"?: string;
            };
            path: {
                /**
                 * @description Id of the proposal.
                 * @example 2e7fab3c99cc
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReorderAcceptance"];
            };
        };
        responses: {
            /** @description It had been taken before: nothing changes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostReordersByIdAcceptAnswer"];
                };
            };
            /** @description Taken, and on the disk. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostReordersByIdAcceptAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            414: components["responses"]["Refusal414"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
            503: components["responses"]["Refusal503"];
        };
    };
    postReordersByIdDismiss: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
                /** @description The version that the change rests on, in double quotes, in place of the body’s. */
                "if-match"?: string;
            };
            path: {
                /**
                 * @description Id of the proposal.
                 * @example 1d6e9a2f88bb
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReorderDismissal"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReorderItem"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            414: components["responses"]["Refusal414"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    postReordersByIdSnooze: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
                /** @description The version that the change rests on, in double quotes, in place of the body’s. */
                "if-match"?: string;
            };
            path: {
                /**
                 * @description Id of the proposal.
                 * @example 0c5d8f1e77aa
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReorderSnooze"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReorderItem"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            414: components["responses"]["Refusal414"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getReordersReasons: {
        parameters: {
            query: {
                /**
                 * @description The product.
                 * @example P
                 */
                product: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReorderReasonsAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getRuns: {
        parameters: {
            query?: {
                /** @description How many rows at most, 1 to 500; 50 if absent. */
                limit?: number;
                /** @description Where to go on: the `next` of the answer before. */
                next?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetRunsAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    postRuns: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunRequest"];
            };
        };
        responses: {
            /** @description Taken, and on the disk. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostRunsAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getRunsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the run: its chain and date.
                 * @example nightly-2026-03-01
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostRunsAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            414: components["responses"]["Refusal414"];
            421: components["responses"]["Refusal421"];
        };
    };
    getRunsByIdChecks: {
        parameters: {
            query?: {
                /**
                 * @description How many rows at most, 1 to 500; 50 if absent.
                 * @example 10
                 */
                limit?: number;
                /** @description Where to go on: the `next` of the answer before. */
                next?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Id of the run: its chain and date.
                 * @example nightly-2026-03-01
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetRunsByIdChecksAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            414: components["responses"]["Refusal414"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getSettings: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `etag` of the answer before: 304 if it is still the same.
                 * @example *
                 */
                "if-none-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    /** @description Changes when the document does: send it back as `if-none-match`. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsAnswer"];
                };
            };
            /** @description The same as you have. No body. */
            304: {
                headers: {
                    /** @description Changes when the document does: send it back as `if-none-match`. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            421: components["responses"]["Refusal421"];
        };
    };
    postSettings: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingChange"];
            };
        };
        responses: {
            /** @description Taken, and on the disk. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
            503: components["responses"]["Refusal503"];
        };
    };
    postSettingsPreview: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreviewRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreviewAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getSettingsProducts: {
        parameters: {
            query?: {
                /** @description How many rows at most, 1 to 500; 100 if absent. */
                limit?: number;
                /** @description Where to go on: the `next` of the answer before. */
                next?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductSettingsAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getSignIn: {
        parameters: {
            query: {
                /**
                 * @description From the link that the terminal printed.
                 * @example crE9iIG9gaDDBrHWgzDxsSNt
                 */
                code: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Go on at `location`. */
            303: {
                headers: {
                    /** @description The dashboard. */
                    location?: string;
                    /** @description The browser’s session. */
                    "set-cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    postSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInRequest"];
            };
        };
        responses: {
            /** @description Done. No body. */
            204: {
                headers: {
                    /** @description The browser’s session. */
                    "set-cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            413: components["responses"]["Refusal413"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
            429: components["responses"]["Refusal429"];
        };
    };
    postSignInCodes: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostSignInCodesAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    postSignOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. No body. */
            204: {
                headers: {
                    /** @description Takes the session back. */
                    "set-cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Refusal400"];
            403: components["responses"]["Refusal403"];
            413: components["responses"]["Refusal413"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
        };
    };
    getStock: {
        parameters: {
            query?: {
                /** @description Products of one category. */
                category?: string;
                /**
                 * @description How many rows at most, 1 to 2000; 100 if absent.
                 * @example 10
                 */
                limit?: number;
                /** @description Where to go on: the `next` of the answer before. */
                next?: string;
                /** @description One product. */
                product?: string;
                /**
                 * @description What its open alert says: `any`, or one of them.
                 * @example any
                 */
                risk?: "any" | "oversold" | "out" | "critical" | "low";
                /**
                 * @description One store.
                 * @example shop
                 */
                store?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    postStockChanges: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StockChange"];
            };
        };
        responses: {
            /** @description Taken, and on the disk. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockChangeAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
            503: components["responses"]["Refusal503"];
        };
    };
    getStores: {
        parameters: {
            query?: {
                /** @description How many rows at most, 1 to 500; 100 if absent. */
                limit?: number;
                /** @description Where to go on: the `next` of the answer before. */
                next?: string;
            };
            header?: {
                /**
                 * @description The `etag` of the answer before: 304 if it is still the same.
                 * @example *
                 */
                "if-none-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    /** @description Changes when the document does: send it back as `if-none-match`. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoresAnswer"];
                };
            };
            /** @description The same as you have. No body. */
            304: {
                headers: {
                    /** @description Changes when the document does: send it back as `if-none-match`. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getTokens: {
        parameters: {
            query?: {
                /** @description How many rows at most, 1 to 500; 100 if absent. */
                limit?: number;
                /** @description Where to go on: the `next` of the answer before. */
                next?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokensAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    postTokens: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewTokenAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    deleteTokensById: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
            };
            path: {
                /**
                 * @description Id of the token.
                 * @example A6ihOkoctZ6w
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. No body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            414: components["responses"]["Refusal414"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getTransactions: {
        parameters: {
            query?: {
                /** @description Products of one category. */
                category?: string;
                /**
                 * @description As the shop knows them, or their token. Nothing of it is kept.
                 * @example c
                 */
                customer?: string;
                /**
                 * @description Begin of the span, RFC 3339; everything that is kept if absent.
                 * @example 2026-03-01T00:00:00Z
                 */
                from?: string;
                /**
                 * @description Of the event, or of the order.
                 * @example T-1
                 */
                id?: string;
                /**
                 * @description Lines of this kind.
                 * @example sale
                 */
                kind?: "sale" | "cancellation" | "refund" | "charge" | "correction";
                /**
                 * @description How many rows at most, 1 to 500; 50 if absent.
                 * @example 1
                 */
                limit?: number;
                /** @description Where to go on: the `next` of the answer before. */
                next?: string;
                /** @description One product. */
                product?: string;
                /** @description Stores of one region. */
                region?: string;
                /** @description One store. */
                store?: string;
                /** @description End of the span, RFC 3339; now if absent. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransactionsAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    getUsers: {
        parameters: {
            query?: {
                /** @description How many rows at most, 1 to 500; 100 if absent. */
                limit?: number;
                /** @description Where to go on: the `next` of the answer before. */
                next?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PeopleAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    postUsers: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationRequest"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    deleteUsersById: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
                /** @description The version that the change rests on, in double quotes, in place of the body’s. */
                "if-match"?: string;
            };
            path: {
                /**
                 * @description Id of the person.
                 * @example id54
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. No body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            414: components["responses"]["Refusal414"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    patchUsersById: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
                /** @description The version that the change rests on, in double quotes, in place of the body’s. */
                "if-match"?: string;
            };
            path: {
                /**
                 * @description Id of the person.
                 * @example id54
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PersonChange"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonItem"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            414: components["responses"]["Refusal414"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
    postUsersByIdLink: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same request under it is done once, and answered the same for a day. */
                "idempotency-key"?: string;
            };
            path: {
                /**
                 * @description Id of the person.
                 * @example id54
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkAnswer"];
                };
            };
            400: components["responses"]["Refusal400"];
            401: components["responses"]["Refusal401"];
            403: components["responses"]["Refusal403"];
            404: components["responses"]["Refusal404"];
            409: components["responses"]["Refusal409"];
            413: components["responses"]["Refusal413"];
            414: components["responses"]["Refusal414"];
            415: components["responses"]["Refusal415"];
            421: components["responses"]["Refusal421"];
            422: components["responses"]["Refusal422"];
        };
    };
}

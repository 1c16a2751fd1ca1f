# Builds in one stage; what runs has neither the sources nor the tools. The tag names one release: update it on purpose.
FROM node:20.20.2-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY prisma prisma
COPY schema schema
COPY seeds seeds
COPY src src
# The only script that runs is this project's own `prepare`, which generates, bundles and makes the first database.
RUN npm ci --ignore-scripts && npm run prepare
RUN npm ci --omit=dev --omit=optional --ignore-scripts && npm cache clean --force

FROM node:20.20.2-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/prisma prisma
COPY --from=build /app/schema schema
COPY --from=build /app/seeds seeds
COPY --from=build /app/.cache .cache
COPY --from=build /app/.build .build
# The one folder that is written to: all else may be mounted read-only.
RUN install --directory --owner=node --group=node /data
VOLUME ["/data"]
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "--eval", "fetch('http://127.0.0.1:' + process.env.PORT + '/health').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", ".build/commands/cli.js", "serve"]

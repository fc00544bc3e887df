FROM node:24-slim AS build
WORKDIR /srv/batp
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev
COPY . .
RUN NODE_ENV=production node node_modules/next/dist/bin/next build \
 && rm -rf .next/cache \
 && npm prune --omit=dev

FROM node:24-slim
WORKDIR /srv/batp
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 PORT=3000 BATP_DATA_DIR=/var/lib/batp
COPY --from=build /srv/batp/package.json /srv/batp/next.config.js ./
COPY --from=build /srv/batp/node_modules node_modules
COPY --from=build /srv/batp/.next .next
COPY --from=build /srv/batp/public public
COPY --from=build /srv/batp/drizzle drizzle
COPY --from=build /srv/batp/data data
COPY --from=build /srv/batp/lib lib
COPY --from=build /srv/batp/scripts scripts
# Everything above belongs to root and is only read: the register's state is in PostgreSQL, and in the published log.
RUN mkdir -p /var/lib/batp && chown node:node /var/lib/batp
VOLUME /var/lib/batp
USER node
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
  CMD node -e "fetch('http://127.0.0.1:'+process.env.PORT+'/healthz').then(({ok})=>process.exit(ok?0:1),()=>process.exit(1))"
CMD ["node", "scripts/start.ts"]

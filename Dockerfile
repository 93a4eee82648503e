# One image for every part; the command chooses (docker-compose.yml). Alone it is the whole product on one machine:
#   docker build -t hengjian . && docker run -p 127.0.0.1:3000:3000 -p 127.0.0.1:8080:8080 -v hengjian:/data hengjian
FROM node:26-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY contract/package.json contract/
COPY ingest/package.json ingest/
COPY warehouse/package.json warehouse/
COPY models/package.json models/
COPY observe/package.json observe/
COPY documents/package.json documents/
COPY generator/package.json generator/
COPY dashboard/package.json dashboard/
COPY operations/package.json operations/
COPY benchmarks/package.json benchmarks/
RUN npm install --no-save --no-audit --no-fund --loglevel=error
COPY . .
RUN node --disable-warning=ExperimentalWarning dashboard/build-app.ts

FROM node:26-bookworm-slim
ENV NODE_ENV=production HENGJIAN_DATA_DIR=/data LISTEN_HOST=0.0.0.0
WORKDIR /app
COPY --from=build --chown=node:node /app /app
RUN mkdir /data && chown node:node /data && chmod 700 /data
USER node
VOLUME /data
EXPOSE 3000 8080 9464 9465
ENTRYPOINT ["node", "--disable-warning=ExperimentalWarning", "--disable-warning=TimeoutNegativeWarning", "hengjian.ts"]
CMD ["up"]

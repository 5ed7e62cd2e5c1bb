# syntax=docker/dockerfile:1
FROM node:24-bookworm-slim AS base
ENV CI=true TURBO_TELEMETRY_DISABLED=1
RUN npm install --global pnpm@12.21.0
WORKDIR /app

# The three apps, built by Vite.
FROM base AS apps
COPY . .
RUN pnpm install --frozen-lockfile && pnpm build

# What the server needs at run time. Node runs its TypeScript as it is, so there is nothing else to build.
FROM base AS server
COPY package.json pnpm-workspace.yaml pnpm-lock.yaml ./
COPY patches patches
COPY packages packages
COPY apps/server apps/server
RUN pnpm install --frozen-lockfile --prod --ignore-scripts --filter "@tessera/server..."

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0
WORKDIR /app
COPY --from=server /app .
COPY --from=apps /app/apps/shop/dist apps/shop/dist
COPY --from=apps /app/apps/admin/dist apps/admin/dist
COPY --from=apps /app/apps/scanner/dist apps/scanner/dist
# A named volume on it takes over its owner.
RUN install --directory --owner node --group node --mode 700 .data
USER node
EXPOSE 8080
CMD ["node", "apps/server/src/main.ts"]

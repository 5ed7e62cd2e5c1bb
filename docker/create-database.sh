#!/bin/bash
# Runs once, when PostgreSQL makes its data directory: the two roles that Tessera works with, and its database.
set -euo pipefail

psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  --set owner_password="$TESSERA_OWNER_PASSWORD" --set application_password="$TESSERA_APP_PASSWORD" <<'SQL'
create role tessera_owner login password :'owner_password';
create role tessera_app login password :'application_password';
create database tessera owner tessera_owner encoding 'UTF8' template template0
  locale_provider builtin builtin_locale 'C.UTF-8' locale 'C';
revoke all on database tessera from public;
grant connect on database tessera to tessera_app;
SQL

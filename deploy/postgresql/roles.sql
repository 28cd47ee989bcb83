-- Two roles and a database. Run once by the superuser of PostgreSQL 15 or later; the passwords come from the environment:
--
--   runuser -u postgres -- psql --no-psqlrc --set=ON_ERROR_STOP=1 < roles.sql
--
-- The office owns the tables. The public's role owns nothing: `gongkai migrate` gives it the published views to read
-- and the intake queue to write, and takes away everything else.
\getenv office_password OFFICE_PASSWORD
\getenv portal_password PORTAL_PASSWORD

CREATE ROLE gongkai LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'office_password';
CREATE ROLE gongkai_portal LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT CONNECTION LIMIT 40
  PASSWORD :'portal_password';

-- A page that asks too much is ended before it holds others up.
ALTER ROLE gongkai_portal SET statement_timeout = '10s';
ALTER ROLE gongkai_portal SET lock_timeout = '5s';
ALTER ROLE gongkai_portal SET idle_in_transaction_session_timeout = '30s';

CREATE DATABASE gongkai OWNER gongkai TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
REVOKE ALL ON DATABASE gongkai FROM PUBLIC;
GRANT CONNECT ON DATABASE gongkai TO gongkai_portal;

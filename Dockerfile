# syntax=docker/dockerfile:1
# One image for web, relay, worker, beat and migrations; the command tells them apart (docker-compose.yml).

FROM python:3.11-slim-bookworm AS packages
RUN python -m venv /opt/venv
COPY requirements.txt /tmp/requirements.txt
RUN --mount=type=cache,target=/root/.cache/pip \
    /opt/venv/bin/pip install --disable-pip-version-check --no-deps --require-hashes -r /tmp/requirements.txt

FROM python:3.11-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    STATIC_ROOT=/srv/static
# Offers and reports are set in these fonts; what none of them has is printed as an empty box.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends fonts-liberation fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/*
# beat keeps its schedule in /var/lib/funnel-crm, what people bring in lies in the folder beside it; a named
# volume there inherits the owner.
RUN groupadd --system --gid 10001 funnel \
    && useradd --system --uid 10001 --gid funnel --no-create-home --home-dir /nonexistent funnel \
    && install -d -o funnel -g funnel /var/lib/funnel-crm /var/lib/funnel-crm-files /var/lib/funnel-crm-ledger
WORKDIR /app
COPY --from=packages /opt/venv /opt/venv
COPY . .
# The addresses are never contacted: with them set, nothing embedded is started while the image is built.
RUN export DATABASE_URL=postgres://unused REDIS_URL=redis://unused SECRET_KEY=unused \
    && python manage.py compile_translations \
    && python manage.py collectstatic --no-input --verbosity 0 \
    && python -m compileall -q .
ENV PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
EXPOSE 8000
ENV WEB_THREADS=4
CMD ["granian", "--interface", "asgi", "--host", "0.0.0.0", "--port", "8000", "--no-ws", "--workers", "2", "--respawn-failed-workers", "--workers-kill-timeout", "5", "funnel_crm.asgi:application"]

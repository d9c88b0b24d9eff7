"""Routes of long work: it is watched and stopped by whoever asked for it, and by admins."""

from tests.permissions.declare import Route, World, expect

ITS_OWN = expect(404, owner=200, admin=200)


def job(world: World) -> tuple[object, ...]:
    return (world.job.pk,)


ROUTES = [
    Route("core:job_detail", ITS_OWN, args=job),
    Route("core:job_cancel", expect(404, owner=302, admin=302), "post", job),
]

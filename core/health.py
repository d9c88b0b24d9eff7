"""/healthz: is this node able to serve, and on request: does everything behind it live?"""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, JsonResponse

from core import heartbeats
from core.models import Delivery


@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when web and database work; `?full=1` adds relay, worker, beat, waiting and parked deliveries.

    The full answer is 503 when a background process is silent: for monitoring, not for load balancers.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    if not request.GET.get("full"):
        return JsonResponse({"status": "ok"})
    silent = heartbeats.silent()
    parked = Delivery.objects.parked().count()
    return JsonResponse(
        {
            "status": "degraded" if silent or parked else "ok",
            "silent": silent,
            "waiting_deliveries": Delivery.objects.waiting().count(),
            "parked_deliveries": parked,
        },
        status=503 if silent else 200,
    )

from collections import Counter
from hypothesis import given, settings, HealthCheck
from tests.analysis.random_drawings import architectures
from tests.analysis.test_analyse import *
C=Counter(); N=[0,0,0]
@settings(max_examples=3000, deadline=None, suppress_health_check=list(HealthCheck))
@given(architectures(14))
def test_a(a):
    test_it_never_raises_and_is_well_formed.hypothesis.inner_test(a)
    test_single_points_are_what_knocking_out_each_event_shows.hypothesis.inner_test(a)
    test_contradictions_are_the_errors.hypothesis.inner_test(a)
    r=analysis_of(a); C.update({f.rule for f in r.findings}); N[0]+=1; N[1]+=len(a.components); N[2]+=len(a.connections)
def test_z():
    print(N, sorted(C.items())); print(sorted(set(BOOK.rules)-set(C)))
